package dev.rollcall.proxy.forward.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * A connection whose sending side can end alone, to a reader who takes nothing when told so; time
 * passes when it is told so.
 */
public final class TwoWayChannel extends EmbeddedChannel implements DuplexChannel {

  private boolean taking = true;
  private boolean outputShutdown;

  /** Its handlers go before the first that is added. */
  public TwoWayChannel() {
    pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void flush(ChannelHandlerContext ctx) {
                if (taking) {
                  ctx.flush();
                }
              }
            });
  }

  public void takeNothing() {
    taking = false;
  }

  /** All that waits, and all that comes. */
  public void take() {
    taking = true;
    flush();
  }

  /** In steps, as timers would have it. */
  public void pass(long seconds) {
    for (long i = 0; i < seconds; i++) {
      advanceTimeBy(1, TimeUnit.SECONDS);
      runScheduledPendingTasks();
    }
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown;
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    outputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public boolean isInputShutdown() {
    return false;
  }

  @Override
  public ChannelFuture shutdownInput() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public ChannelFuture shutdown() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    throw new UnsupportedOperationException();
  }
}

package dev.rollcall.proxy.forward.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection that nobody else watches any more: when all is sent, or when its reader has
 * taken nothing of it for too long. Traffic loop only.
 */
final class LastBytes {

  /** How long a reader may take nothing. One that is slow takes something. */
  static final long PATIENCE_SECONDS = 30;

  private final Channel channel;
  private final UnreadBytes unread;
  private long seconds;

  private LastBytes(Channel channel) {
    this.channel = channel;
    this.unread = new UnreadBytes(channel);
  }

  static void sendAndClose(Channel channel) {
    if (channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(ChannelFutureListener.CLOSE)
        .isDone()) {
      return;
    }
    LastBytes last = new LastBytes(channel);
    var watch = channel.eventLoop().scheduleAtFixedRate(last::look, 0, 1, TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> watch.cancel(false));
  }

  private void look() {
    long now = TimeUnit.SECONDS.toNanos(seconds++);
    if (unread.look(now) && unread.untaken(now) >= TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
      channel.close();
    }
  }
}

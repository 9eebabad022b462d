package dev.rollcall.proxy.forward.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastBytesTest {

  private boolean taken;

  /** A connection that can send nothing while its reader takes nothing. */
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext ctx) {
              if (taken) {
                ctx.flush();
              }
            }
          });

  private final RawTunnel tunnel = new RawTunnel(channel);

  @BeforeEach
  void open() {
    tunnel.onBytes(ByteBuf::release, () -> {}, () -> {});
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void closesAtOnceWhenAllIsSent() {
    taken = true;
    tunnel.write(Unpooled.wrappedBuffer(new byte[9]));
    tunnel.close();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void waitsForAReaderWhoTakesIt() {
    tunnel.write(Unpooled.wrappedBuffer(new byte[9]));
    tunnel.close();
    pass(LastBytes.PATIENCE_SECONDS - 2);
    assertThat(channel.isOpen()).isTrue();
    taken = true;
    channel.flush();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void givesUpAReaderWhoTakesNothing() {
    tunnel.write(Unpooled.wrappedBuffer(new byte[9]));
    tunnel.close();
    pass(LastBytes.PATIENCE_SECONDS + 2);
    assertThat(channel.isOpen()).isFalse();
  }

  private void pass(long seconds) {
    for (long i = 0; i < seconds; i++) {
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
    }
  }
}

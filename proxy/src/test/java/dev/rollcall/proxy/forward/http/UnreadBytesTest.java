package dev.rollcall.proxy.forward.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnreadBytesTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final UnreadBytes unread = new UnreadBytes(channel);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void nothingWaitsAtFirst() {
    assertThat(unread.look(10)).isFalse();
    assertThat(unread.look(20)).isFalse();
    assertThat(unread.untaken(20)).isZero();
  }

  @Test
  void countsWhileNothingGoes() {
    unread.look(10);
    wait(5);
    assertThat(unread.look(20)).isTrue();
    assertThat(unread.look(50)).isTrue();
    assertThat(unread.untaken(50)).isEqualTo(30);
  }

  @Test
  void oneByteOfAPartIsSomething() {
    wait(5);
    unread.look(20);
    take(1);
    unread.look(50);
    assertThat(unread.untaken(60)).isEqualTo(10);
    take(1);
    unread.look(70);
    assertThat(unread.untaken(90)).isEqualTo(20);
  }

  @Test
  void startsAnewWhenAllHasGone() {
    wait(5);
    unread.look(20);
    take(5);
    assertThat(unread.look(50)).isFalse();
    wait(5);
    unread.look(60);
    assertThat(unread.untaken(80)).isEqualTo(20);
  }

  private void wait(int bytes) {
    channel.write(Unpooled.wrappedBuffer(new byte[bytes]));
  }

  private void take(int bytes) {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    out.addFlush();
    out.removeBytes(bytes);
  }
}

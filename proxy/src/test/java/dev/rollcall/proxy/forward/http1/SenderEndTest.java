package dev.rollcall.proxy.forward.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that shut their sending side (RFC 9293 §3.6). */
class SenderEndTest extends Http1Case<EmbeddedChannel> {

  SenderEndTest() {
    super(new EmbeddedChannel());
  }

  @Test
  void aClientThatSendsNoMoreHasItsAnswers() {
    send(GET.formatted("/1") + GET.formatted("/2"));
    sendNoMore();
    assertThat(channel.isOpen()).isTrue();
    served.get(0).response().end("one");
    assertThat(written()).contains("one").doesNotContain("close");
    served.get(1).response().end("two");
    assertThat(written()).contains("two").contains("connection: close");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aClientThatSendsNoMoreAndGetsNothingHasGone() {
    List<Throwable> told = new ArrayList<>();
    send(GET.formatted("/"));
    served.get(0).response().exceptionHandler(told::add);
    sendNoMore();
    connection.check(1, IDLE, HEADER);
    served.get(0).response().writeContinue();
    connection.check(2 + SenderEnd.SILENCE.toNanos(), IDLE, HEADER);
    connection.check(2 + 2 * SenderEnd.SILENCE.toNanos(), IDLE, HEADER);
    assertThat(told).isEmpty();
    connection.check(3 + 2 * SenderEnd.SILENCE.toNanos(), IDLE, HEADER);
    assertThat(told).hasSize(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aClientThatSendsNoMoreMidwayHasGone() {
    List<Throwable> told = new ArrayList<>();
    send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nhalf");
    served.get(0).response().exceptionHandler(told::add);
    sendNoMore();
    assertThat(told).hasSize(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aClientThatSendsNoMoreBetweenRequestsIsLetGo() {
    send(GET.formatted("/"));
    served.get(0).response().end();
    sendNoMore();
    assertThat(channel.isOpen()).isFalse();
  }

  private void sendNoMore() {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
  }
}

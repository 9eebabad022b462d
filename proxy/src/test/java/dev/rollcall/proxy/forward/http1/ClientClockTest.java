package dev.rollcall.proxy.forward.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** Clients that take too long. */
class ClientClockTest extends Http1Case<EmbeddedChannel> {

  ClientClockTest() {
    super(new EmbeddedChannel());
  }

  @Test
  void aHeaderThatTakesTooLongIsAnswered() {
    send("GET / HTTP/1.1\r\n");
    assertThat(connection.check(1, IDLE, HEADER)).isFalse();
    assertThat(connection.check(2 + HEADER.toNanos(), IDLE, HEADER)).isTrue();
    assertThat(written()).startsWith("HTTP/1.1 408 ").containsIgnoringCase("connection: close");
  }

  @Test
  void theHeaderBehindAnAnsweredRequestIsWatchedToo() {
    send(GET.formatted("/1") + "GET /2 HTTP/1.1\r\n");
    served.get(0).response().end();
    assertThat(connection.check(1, IDLE, HEADER)).isFalse();
    assertThat(connection.check(2 + HEADER.toNanos(), IDLE, HEADER)).isTrue();
  }

  @Test
  void aConnectionWithoutARequestIsClosedQuietly() {
    assertThat(connection.check(1, IDLE, HEADER)).isFalse();
    assertThat(connection.check(2 + IDLE.toNanos(), IDLE, HEADER)).isFalse();
    assertThat(channel.isOpen()).isFalse();
    assertThat(written()).isEmpty();
  }
}

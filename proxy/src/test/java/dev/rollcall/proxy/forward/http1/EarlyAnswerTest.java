package dev.rollcall.proxy.forward.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.http.LeftOver;
import dev.rollcall.proxy.forward.http.TwoWayChannel;
import org.junit.jupiter.api.Test;

/** Requests that have their answer before they are whole. */
class EarlyAnswerTest extends Http1Case<TwoWayChannel> {

  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %s\r\n%s\r\n";
  private static final long PATIENCE = LeftOver.PATIENCE.toNanos();

  EarlyAnswerTest() {
    super(new TwoWayChannel());
  }

  @Test
  void sayThatTheyAreTheLastWhenMuchIsToCome() {
    send(POST.formatted(10_000_000_000L, ""));
    served.get(0).response().setStatusCode(404).end();
    assertThat(written()).contains("connection: close");
    assertThat(channel.isOutputShutdown()).isTrue();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void endTheConnectionWhenMuchIsToComeThatNobodyForesaw() {
    send(POST.formatted(10_000_000_000L, ""));
    served.get(0).response().setChunked(true).write("begun early");
    assertThat(written()).doesNotContain("close");
    served.get(0).response().end();
    assertThat(channel.isOutputShutdown()).isTrue();
  }

  @Test
  void keepTheConnectionWhenLittleIsToCome() {
    send(POST.formatted(300, "") + "x".repeat(100));
    served.get(0).response().setStatusCode(404).end();
    assertThat(written()).doesNotContain("close");
    assertThat(channel.isOutputShutdown()).isFalse();
    send("x".repeat(200) + POST.formatted(0, ""));
    assertThat(served).hasSize(2);
  }

  @Test
  void endTheConnectionWhenTheRestIsSlow() {
    send(POST.formatted(300, "") + "x".repeat(100));
    served.get(0).response().setStatusCode(404).end();
    connection.check(1, IDLE, HEADER);
    send("x");
    connection.check(1 + PATIENCE, IDLE, HEADER);
    assertThat(channel.isOutputShutdown()).isFalse();
    connection.check(2 + PATIENCE, IDLE, HEADER);
    assertThat(channel.isOutputShutdown()).isTrue();
  }

  @Test
  void leaveTheNextRequestItsTime() {
    send(POST.formatted(1, ""));
    served.get(0).response().setStatusCode(404).end();
    connection.check(1, IDLE, HEADER);
    send("x");
    connection.check(2 + PATIENCE, IDLE, HEADER);
    assertThat(channel.isOutputShutdown()).isFalse();
  }

  @Test
  void waitForNoBodyThatWaitsItself() {
    send(POST.formatted(5, "Expect: 100-continue\r\n"));
    served.get(0).response().setStatusCode(404).end();
    assertThat(written()).contains("connection: close");
  }

  @Test
  void takeTheBodyThatDoesNotWait() {
    send(POST.formatted(5, "Expect: 100-continue\r\n"));
    send("hel");
    served.get(0).response().setStatusCode(404).end();
    assertThat(written()).doesNotContain("close");
    send("lo" + POST.formatted(0, ""));
    assertThat(served).hasSize(2);
  }
}

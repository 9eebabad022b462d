package dev.rollcall.proxy.rehearsal;

import static dev.rollcall.proxy.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.proxy.forward.client.FilteredTransport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Played over real sockets of this machine. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RehearsalTest {

  private static final Duration LONGEST = Duration.ofSeconds(100);

  /** So many that no client stands at a line that gets no answer. */
  private static final int LINES = 40 * Repertoire.lines().size();

  @Test
  void everyLineGetsItsAnswer() throws Exception {
    assertThat(playedOver(Transport.NIO)).isGreaterThanOrEqualTo(LINES);
  }

  @Test
  void everyLineGetsItsAnswerOverIoUring() throws Exception {
    assumeThat(Transport.IO_URING).matches(ring -> ring != null && ring.available());
    assertThat(playedOver(Transport.IO_URING)).isGreaterThanOrEqualTo(LINES);
  }

  private static long playedOver(Transport transport) throws Exception {
    Rehearsal rehearsal = new Rehearsal(vertx(transport), alone(), LINES, LONGEST);
    await(rehearsal.begin(Duration.ofSeconds(60)));
    await(rehearsal.ended());
    return rehearsal.played();
  }

  @Test
  void keepsNobodyWaitingWhenItsPatienceIsOver() throws Exception {
    Rehearsal rehearsal = new Rehearsal(vertx(Transport.NIO), alone(), Integer.MAX_VALUE, LONGEST);
    await(rehearsal.begin(Duration.ZERO));
    await(rehearsal.end());
  }

  @Test
  void mayBeEndedTwice() throws Exception {
    Rehearsal rehearsal = new Rehearsal(vertx(Transport.NIO), alone(), Integer.MAX_VALUE, LONGEST);
    await(rehearsal.begin(Duration.ofSeconds(60)));
    await(rehearsal.end());
    await(rehearsal.end());
  }

  private static Pace alone() {
    return new Pace(() -> 0, () -> true);
  }

  private static Vertx vertx(Transport transport) {
    return Vertx.builder()
        .with(new VertxOptions().setEventLoopPoolSize(1))
        .withTransport(FilteredTransport.of(transport))
        .build();
  }
}

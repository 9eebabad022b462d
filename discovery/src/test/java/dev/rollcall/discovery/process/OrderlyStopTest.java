package dev.rollcall.discovery.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OrderlyStopTest {

  private final List<Integer> halted = new ArrayList<>();

  @Test
  void endsWithZeroWhenAllStepsSucceed() {
    stop(Future::succeededFuture, Duration.ofMinutes(1));

    assertThat(halted).containsExactly(0);
  }

  @Test
  void endsWithOneWhenAStepFails() {
    stop(() -> Future.failedFuture("no"), Duration.ofMinutes(1));

    assertThat(halted).containsExactly(1);
  }

  @Test
  void endsWithOneWhenAStepThrows() {
    stop(
        () -> {
          throw new IllegalStateException("no");
        },
        Duration.ofMinutes(1));

    assertThat(halted).containsExactly(1);
  }

  @Test
  void endsWithOneWhenTheLimitIsOver() {
    stop(() -> Promise.promise().future(), Duration.ofMillis(1));

    assertThat(halted).containsExactly(1);
  }

  @Test
  void keepsItsCodeWhenSomethingFailsBecauseOfIt() {
    OrderlyStop[] stop = new OrderlyStop[1];
    stop[0] =
        new OrderlyStop(
            () -> {
              assertThat(stop[0].isUnderWay()).isTrue();
              stop[0].exit(1);
              return Future.succeededFuture();
            },
            Duration.ofMinutes(1),
            halted::add);

    assertThat(stop[0].isUnderWay()).isFalse();
    stop[0].run();
    assertThat(halted).containsExactly(0);
  }

  private void stop(Supplier<Future<?>> steps, Duration limit) {
    new OrderlyStop(steps, limit, halted::add).run();
  }
}

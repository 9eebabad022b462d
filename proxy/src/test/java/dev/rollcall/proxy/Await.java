package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits, with a generous bound: a fact may come late on a busy machine, but it must come. */
public final class Await {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private Await() {}

  /** What it brings; a failure fails the test. */
  public static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(BOUND.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception late) {
      throw new AssertionError(late);
    }
  }

  public static void until(String fact, BooleanSupplier holds) {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("never became true: " + fact).isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}

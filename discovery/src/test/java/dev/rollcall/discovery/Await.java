package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.fail;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits, with a generous bound: a fact may come late on a busy machine, but it must come. */
public final class Await {

  private static final Duration BOUND = Duration.ofSeconds(30);

  private Await() {}

  public static <T> T result(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public static void until(String fact, BooleanSupplier holds) {
    until(holds, () -> fact);
  }

  public static void until(BooleanSupplier holds, Supplier<String> fact) {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("never became true: " + fact.get());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}

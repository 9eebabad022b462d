package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.fail;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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

  /**
   * What a loop begins and goes on with: of an answer that another thread asks for a moment too
   * late, nothing is left.
   */
  public static <T> T result(Vertx vertx, Supplier<Future<T>> work) {
    Promise<T> result = Promise.promise();
    vertx.runOnContext(now -> work.get().onComplete(result));
    return result(result.future());
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

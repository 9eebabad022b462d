package dev.rollcall.discovery.hazelcast;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads for what Hazelcast can only do by blocking. Two, so that a read that hangs on a frozen
 * member doesn't hold up a reconnect.
 */
final class Workers {

  private static final int THREADS = 2;

  /** Vert.x warns of work that takes longer. */
  private static final Duration LONG = Duration.ofMinutes(1);

  private final WorkerExecutor executor;

  Workers(Vertx vertx) {
    this.executor =
        vertx.createSharedWorkerExecutor(
            "rollcall-registry", THREADS, LONG.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Fails, and does nothing, once closed: Hazelcast goes on telling for a while. */
  <T extends @Nullable Object> Future<T> call(Callable<T> work) {
    try {
      return executor.executeBlocking(work, false);
    } catch (RejectedExecutionException | IllegalStateException closed) {
      return Future.failedFuture(closed);
    }
  }

  Future<Void> run(Runnable work) {
    return call(
        () -> {
          work.run();
          return null;
        });
  }

  Future<Void> close() {
    return executor.close();
  }
}

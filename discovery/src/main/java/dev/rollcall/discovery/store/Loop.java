package dev.rollcall.discovery.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One Vert.x context on which somebody's state lives: work comes here from any thread, results go
 * back to the context that asked.
 */
final class Loop {

  private final Vertx vertx;
  private final Context context;

  /** The context that is current, or a new one. */
  Loop(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  /** Runs it at once when already here, so that whoever calls from here sees its effect. */
  void run(Runnable work) {
    if (Vertx.currentContext() == context) {
      work.run();
    } else {
      later(work);
    }
  }

  /** Runs it here, always later, in order; not at all once Vert.x is closed. */
  void later(Runnable work) {
    try {
      context.runOnContext(nothing -> work.run());
    } catch (RejectedExecutionException closed) {
      // The store may outlive Vert.x and goes on telling; nobody is there to hear it.
    }
  }

  /** Runs it here; the result arrives on the caller's context, or here when it has none. */
  <T> Future<T> call(Supplier<Future<T>> work) {
    @Nullable Context caller = Vertx.currentContext();
    Promise<T> promise = Promise.promise();
    run(
        () ->
            work.get()
                .onComplete(
                    (value, failure) -> {
                      if (caller == null || caller == context) {
                        promise.complete(value, failure);
                      } else {
                        caller.runOnContext(nothing -> promise.complete(value, failure));
                      }
                    }));
    return promise.future();
  }

  /** The same result, arriving here. */
  <T extends @Nullable Object> Future<T> here(Future<T> elsewhere) {
    Promise<T> promise = Promise.promise();
    elsewhere.onComplete((value, failure) -> run(() -> promise.complete(value, failure)));
    return promise.future();
  }

  /** Runs it here once; the id cancels it. */
  long after(Duration delay, Runnable work) {
    return vertx.setTimer(Math.max(1, delay.toMillis()), id -> run(work));
  }

  /** Runs it here again and again; the id cancels it. */
  long every(Duration interval, Runnable work) {
    return vertx.setPeriodic(Math.max(1, interval.toMillis()), id -> run(work));
  }

  void cancel(long timer) {
    vertx.cancelTimer(timer);
  }
}

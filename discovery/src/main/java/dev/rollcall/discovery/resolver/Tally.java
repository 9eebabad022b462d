package dev.rollcall.discovery.resolver;

import io.vertx.core.net.endpoint.InteractionMetrics;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What this client has with one instance. Any thread. */
final class Tally {

  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile long failedAt;
  private volatile int weight = 1;

  /** Of smooth weighted round-robin; guarded by the selector. */
  long credit;

  Tally(long failedAt) {
    this.failedAt = failedAt;
  }

  int inFlight() {
    return inFlight.get();
  }

  int weight() {
    return weight;
  }

  void weigh(int now) {
    weight = now;
  }

  boolean failedWithin(long nanos, long now) {
    return now - failedAt < nanos;
  }

  /** What Vert.x tells of one entry of one list. */
  static final class Metrics implements InteractionMetrics<Metrics.Request> {

    private final LongSupplier nanoTime;
    private volatile @Nullable Tally tally;

    Metrics(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
    }

    void count(Tally counted) {
      tally = counted;
    }

    /** Ends once, whatever ends it. */
    static final class Request {
      private final @Nullable Tally tally;
      private final AtomicBoolean over = new AtomicBoolean();

      private Request(@Nullable Tally tally) {
        this.tally = tally;
        if (tally != null) {
          tally.inFlight.incrementAndGet();
        }
      }

      private void end() {
        if (tally != null && over.compareAndSet(false, true)) {
          tally.inFlight.decrementAndGet();
        }
      }
    }

    @Override
    public Request initiateRequest() {
      return new Request(tally);
    }

    @Override
    public void reportFailure(Request request, Throwable failure) {
      if (request.tally != null) {
        request.tally.failedAt = nanoTime.getAsLong();
      }
      request.end();
    }

    @Override
    public void reportResponseEnd(Request request) {
      request.end();
    }
  }
}

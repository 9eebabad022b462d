package dev.rollcall.proxy.roll;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What this proxy has going on with one upstream. Written by every traffic loop, read by anyone;
 * never locks.
 */
public final class Traffic {

  /** In place, so that a policy that compares many has one step less to go to each. */
  private static final AtomicIntegerFieldUpdater<Traffic> IN_FLIGHT =
      AtomicIntegerFieldUpdater.newUpdater(Traffic.class, "inFlight");

  private static final AtomicLongFieldUpdater<Traffic> PEAK =
      AtomicLongFieldUpdater.newUpdater(Traffic.class, "peak");

  private final LongSupplier nanoClock;
  private volatile int inFlight;

  /** See {@link LatencyPeak}. */
  private volatile long peak = LatencyPeak.NOTHING;

  private final LongAdder requests = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder[] answers = {
    new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()
  };
  private final LatencyHistogram latency = new LatencyHistogram();

  public Traffic() {
    this(System::nanoTime);
  }

  /**
   * @param nanoClock monotonic
   */
  public Traffic(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Requests, tunnels and streams that were handed to the upstream and have not ended. */
  public int inFlight() {
    return inFlight;
  }

  public long requests() {
    return requests.sum();
  }

  /** Exchanges that ended without a whole response, or with a 5xx. */
  public long failures() {
    return failures.sum();
  }

  /**
   * Responses of one class.
   *
   * @param hundreds 1 to 5; 5 for 5xx
   */
  public long answers(int hundreds) {
    return answers[hundreds - 1].sum();
  }

  /** Times from the last request byte to the response head. */
  public LatencyCounts latency() {
    return latency.counts();
  }

  /**
   * Nanoseconds that a response head is expected to take, judged by the slowest of late; 0 when
   * nothing is known. Failures raise it.
   */
  public double expectedNanos() {
    return expectedNanos(nanoClock.getAsLong());
  }

  /**
   * The same for who has read the clock already.
   *
   * @param now monotonic nanoseconds
   */
  public double expectedNanos(long now) {
    return LatencyPeak.nanos(peak, now);
  }

  /** An exchange begins. Each call is followed by exactly one {@link #closed}. */
  public void opened() {
    IN_FLIGHT.incrementAndGet(this);
    requests.increment();
  }

  /**
   * The final response head came. A 5xx is followed by {@link #failed}.
   *
   * @param status of the response, 100 to 599
   * @param nanos from the last request byte (or its connect) to the head
   */
  public void answered(int status, long nanos) {
    answers[Math.min(5, Math.max(1, status / 100)) - 1].increment();
    latency.record(nanos);
    if (status < 500) {
      long now = nanoClock.getAsLong();
      long before;
      long after;
      do {
        before = peak;
        after = LatencyPeak.answered(before, nanos, now);
      } while (after != before && !PEAK.compareAndSet(this, before, after));
    }
  }

  /** The exchange has ended, however it did. */
  public void closed() {
    IN_FLIGHT.decrementAndGet(this);
  }

  /** The exchange was answered with a 5xx, or not wholly; not for clients that went away. */
  public void failed() {
    failures.increment();
    long now = nanoClock.getAsLong();
    PEAK.getAndUpdate(this, before -> LatencyPeak.failed(before, now));
  }
}

package dev.rollcall.proxy.roll;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * An upstream's latency of late, quick to rise and slow to fall: a slower answer counts at once in
 * full, faster ones pull the value down over some ten seconds, and so does silence.
 *
 * <p>Source: Peak EWMA of Finagle (com.twitter.finagle.loadbalancer.PeakEwma). With t since the
 * last answer, the value is v · w + latency · (1 − w), w = e^(−t/τ), or the latency itself when
 * that is more; read without an answer it is v · w, so that one that was slow is tried again.
 *
 * <p>Value (microseconds as a float) and time (milliseconds, wrapping) share one long that a
 * compare-and-set replaces: any thread may call, nothing locks or allocates. Of the faster answers
 * in one millisecond only the first pulls.
 */
final class LatencyPeak {

  private static final Decay DECAY = new Decay(10_000);

  private static final AtomicLongFieldUpdater<LatencyPeak> CELL =
      AtomicLongFieldUpdater.newUpdater(LatencyPeak.class, "cell");

  private volatile long cell;

  /** An answer took so long, and came at {@code now} (nanoseconds of a monotonic clock). */
  void answered(long nanos, long now) {
    double latency = nanos / 1e3;
    int millis = millis(now);
    while (true) {
      long before = cell;
      double value = value(before);
      double kept = kept(before, millis);
      double next = latency >= value ? latency : value * kept + latency * (1 - kept);
      long after = cell(next, millis);
      if (after == before || CELL.compareAndSet(this, before, after)) {
        return;
      }
    }
  }

  /** An answer failed: as bad as one that takes twice as long as of late, and at least 100 ms. */
  void failed(long now) {
    double worse = Math.min(60e9, Math.max(100e6, 2 * nanos(now)));
    answered((long) worse, now);
  }

  /** Nanoseconds that an answer is expected to take; 0 when nothing is known. */
  double nanos(long now) {
    long present = cell;
    return value(present) * kept(present, millis(now)) * 1e3;
  }

  /** How much of the value in the cell is left after the time since. */
  private static double kept(long cell, int millis) {
    return DECAY.after(millis - (int) cell);
  }

  private static int millis(long nanos) {
    return (int) (nanos / 1_000_000);
  }

  private static double value(long cell) {
    return Float.intBitsToFloat((int) (cell >>> 32));
  }

  private static long cell(double value, int millis) {
    return (long) Float.floatToRawIntBits((float) value) << 32 | millis & 0xFFFF_FFFFL;
  }
}

package dev.rollcall.proxy.roll;

/**
 * An upstream's latency of late, quick to rise and slow to fall: a slower answer counts at once in
 * full, faster ones pull the value down over some ten seconds, and so does silence.
 *
 * <p>Source: Peak EWMA of Finagle (com.twitter.finagle.loadbalancer.PeakEwma). With t since the
 * last answer, the value is v · w + latency · (1 − w), w = e^(−t/τ), or the latency itself when
 * that is more; read without an answer it is v · w, so that one that was slow is tried again.
 *
 * <p>Value (microseconds as a float) and time (milliseconds, wrapping) share one long, which its
 * owner keeps and replaces by what these functions make of it: so it needs no object of its own,
 * and a policy that compares two upstreams of ten thousand waits for memory once less for each. Of
 * the faster answers in one millisecond only the first pulls. Pure.
 */
final class LatencyPeak {

  private static final Decay DECAY = new Decay(10_000);

  /** When nothing is known. */
  static final long NOTHING = 0;

  private LatencyPeak() {}

  /** An answer took so long, and came at {@code now} (nanoseconds of a monotonic clock). */
  static long answered(long before, long nanos, long now) {
    double latency = nanos / 1e3;
    int millis = millis(now);
    double value = value(before);
    double kept = kept(before, millis);
    return cell(latency >= value ? latency : value * kept + latency * (1 - kept), millis);
  }

  /** An answer failed: as bad as one that takes twice as long as of late, and at least 100 ms. */
  static long failed(long before, long now) {
    double worse = Math.min(60e9, Math.max(100e6, 2 * nanos(before, now)));
    return answered(before, (long) worse, now);
  }

  /** Nanoseconds that an answer is expected to take; 0 when nothing is known. */
  static double nanos(long cell, long now) {
    return value(cell) * kept(cell, millis(now)) * 1e3;
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

package dev.rollcall.proxy.roll;

/**
 * What a {@link LatencyHistogram} held at one moment, or in the time between two. Immutable; those
 * of several upstreams add up.
 */
public final class LatencyCounts {

  /** Nothing yet. */
  public static final LatencyCounts NONE = new LatencyCounts(new long[LatencyHistogram.BUCKETS], 0);

  private final long[] counts;
  private final long sumNanos;
  private final long total;

  LatencyCounts(long[] counts, long sumNanos) {
    this.counts = counts;
    this.sumNanos = sumNanos;
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    this.total = sum;
  }

  /** How many durations were counted. */
  public long total() {
    return total;
  }

  /** All durations together, in nanoseconds. */
  public long sumNanos() {
    return sumNanos;
  }

  /** These and those. */
  public LatencyCounts plus(LatencyCounts others) {
    return combine(others, 1);
  }

  /** Those that came after {@code earlier} of the same histogram. */
  public LatencyCounts minus(LatencyCounts earlier) {
    return combine(earlier, -1);
  }

  private LatencyCounts combine(LatencyCounts others, int sign) {
    long[] combined = new long[counts.length];
    for (int i = 0; i < combined.length; i++) {
      combined[i] = Math.max(0, counts[i] + sign * others.counts[i]);
    }
    return new LatencyCounts(combined, Math.max(0, sumNanos + sign * others.sumNanos));
  }

  /**
   * How many took at most so long. Exact where a bucket begins, else all of that bucket count too.
   *
   * @param nanos 10 µs to 100 s
   */
  public long atMost(long nanos) {
    int end = LatencyHistogram.bucket(nanos);
    boolean begins = LatencyHistogram.begin(end) == nanos;
    long sum = 0;
    for (int i = 0; i < (begins ? end : end + 1); i++) {
      sum += counts[i];
    }
    return sum;
  }

  /**
   * Nanoseconds that the given share took at most, interpolated within its bucket; 0 when there is
   * nothing.
   *
   * @param share above 0, at most 1: 0.5 is the median
   */
  public long quantile(double share) {
    if (total == 0) {
      return 0;
    }
    double rank = Math.max(1, Math.ceil(share * total));
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      if (below + counts[i] >= rank) {
        return within(i, (rank - below) / counts[i]);
      }
      below += counts[i];
    }
    throw new AssertionError("counts add up to less than their total");
  }

  private static long within(int bucket, double share) {
    long begin = LatencyHistogram.begin(bucket);
    if (bucket == LatencyHistogram.BUCKETS - 1) {
      return begin;
    }
    return begin + (long) ((LatencyHistogram.begin(bucket + 1) - begin) * share);
  }
}

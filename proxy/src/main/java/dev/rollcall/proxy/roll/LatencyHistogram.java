package dev.rollcall.proxy.roll;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How often something took how long, from 10 µs to 100 s, never more than 10 % off.
 *
 * <p>Log-linear: each decade holds 15 buckets a tenth of it wide (1.0 to 2.5), 10 a quarter wide
 * (2.5 to 5) and 10 half as wide as its unit (5 to 10). So finding a bucket takes a division, its
 * width is at most a tenth of its value, and the round numbers that people put into alerts (5 ms,
 * 25 ms, 0.25 s) are exact bounds. All histograms share the bounds, so that those of several
 * upstreams and proxies add up. Compare HdrHistogram (G. Tene), whose bounds are powers of two.
 *
 * <p>Any thread may call anything; nothing locks. A reader may miss values that are recorded while
 * it reads.
 */
public final class LatencyHistogram {

  private static final int PER_DECADE = 35;
  private static final int DECADES = 7;
  private static final long LEAST = 10_000;

  /** One bucket below the decades and one above. */
  static final int BUCKETS = PER_DECADE * DECADES + 2;

  private static final int PARTS = BUCKETS / PER_DECADE + 1;

  /** Parts of the buckets come into being when they are needed: few upstreams need many. */
  private final AtomicReferenceArray<@Nullable AtomicLongArray> parts =
      new AtomicReferenceArray<>(PARTS);

  private final LongAdder nanos = new LongAdder();

  /** Counts a duration; negative ones count as 0. */
  public void record(long durationNanos) {
    int bucket = bucket(durationNanos);
    AtomicLongArray part = parts.get(bucket / PER_DECADE);
    (part == null ? begin(bucket / PER_DECADE, new AtomicLongArray(PER_DECADE)) : part)
        .getAndIncrement(bucket % PER_DECADE);
    nanos.add(Math.max(0, durationNanos));
  }

  private AtomicLongArray begin(int number, AtomicLongArray fresh) {
    AtomicLongArray faster = parts.compareAndExchange(number, null, fresh);
    return faster == null ? fresh : faster;
  }

  /** A copy of the counts now. */
  public LatencyCounts counts() {
    long[] copy = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      AtomicLongArray part = parts.get(i / PER_DECADE);
      copy[i] = part == null ? 0 : part.get(i % PER_DECADE);
    }
    return new LatencyCounts(copy, nanos.sum());
  }

  static int bucket(long durationNanos) {
    if (durationNanos < LEAST) {
      return 0;
    }
    long unit = LEAST;
    for (int decade = 0; decade < DECADES; decade++, unit *= 10) {
      if (durationNanos < unit * 10) {
        return 1 + decade * PER_DECADE + inDecade(durationNanos, unit);
      }
    }
    return BUCKETS - 1;
  }

  private static int inDecade(long value, long unit) {
    if (value < unit * 5 / 2) {
      return (int) ((value - unit) * 10 / unit);
    }
    return value < unit * 5
        ? 15 + (int) ((value - unit * 5 / 2) * 4 / unit)
        : 25 + (int) ((value - unit * 5) * 2 / unit);
  }

  /** Nanoseconds at which a bucket begins; the bucket before it ends just below. */
  static long begin(int bucket) {
    if (bucket == 0) {
      return 0;
    }
    long unit = LEAST;
    for (int decade = (bucket - 1) / PER_DECADE; decade > 0; decade--) {
      unit *= 10;
    }
    int place = (bucket - 1) % PER_DECADE;
    if (place < 15) {
      return unit + place * unit / 10;
    }
    return place < 25 ? unit * 5 / 2 + (place - 15) * unit / 4 : unit * 5 + (place - 25) * unit / 2;
  }
}

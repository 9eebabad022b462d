package dev.rollcall.proxy.forward.rate;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A token bucket for each key, kept as the one moment when it will be full again: the generic cell
 * rate algorithm (ITU-T I.371). Any thread.
 *
 * <p>Memory is bounded: at most {@code most} keys, in two generations. When the young one is full
 * it becomes the old one, and what nobody asked for since is forgotten. Forgetting gives a key a
 * full bucket again; to gain by that, somebody needs half of {@code most} other keys each time, and
 * then no limit by key holds him anyway.
 */
final class TokenBuckets {

  /** About 10 MB with addresses as keys. */
  static final int MOST = 100_000;

  private static final class Generation {
    private final ConcurrentHashMap<String, AtomicLong> young = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, AtomicLong> old;
    private final AtomicInteger size = new AtomicInteger();

    Generation(ConcurrentHashMap<String, AtomicLong> old) {
      this.old = old;
    }
  }

  private final long each;
  private final long slack;
  private final LongSupplier clock;
  private final int most;
  private volatile Generation generation = new Generation(new ConcurrentHashMap<>());

  /**
   * @param clock monotonic nanoseconds
   */
  TokenBuckets(RateOptions rate, LongSupplier clock, int most) {
    this.each = rate.each().toNanos();
    this.slack = each * (rate.burst() - 1L);
    this.clock = clock;
    this.most = most;
  }

  /** Takes a token; 0, or the nanoseconds until there will be one. */
  long take(String key) {
    long now = clock.getAsLong();
    AtomicLong bucket = bucket(key, now);
    while (true) {
      long full = bucket.get();
      long from = full - now < 0 ? now : full;
      long wait = from - now - slack;
      if (wait > 0) {
        return wait;
      }
      if (bucket.compareAndSet(full, from + each)) {
        return 0;
      }
    }
  }

  /** Puts a token back that was taken in vain. */
  void putBack(String key) {
    bucket(key, clock.getAsLong()).addAndGet(-each);
  }

  /** Keys that are remembered. */
  int size() {
    Generation now = generation;
    return now.young.size() + now.old.size();
  }

  private AtomicLong bucket(String key, long now) {
    Generation present = generation;
    AtomicLong known = present.young.get(key);
    if (known != null) {
      return known;
    }
    AtomicLong before = present.old.get(key);
    AtomicLong fresh = before == null ? new AtomicLong(now) : before;
    AtomicLong raced = present.young.putIfAbsent(key, fresh);
    if (raced != null) {
      return raced;
    }
    present.old.remove(key);
    if (present.size.incrementAndGet() >= most / 2) {
      turn(present);
    }
    return fresh;
  }

  /** Once in a great many requests. */
  private synchronized void turn(Generation full) {
    if (generation == full) {
      generation = new Generation(full.young);
    }
  }

  /** Seconds to tell a client, 1 at least. */
  static int seconds(long nanos) {
    long second = TimeUnit.SECONDS.toNanos(1);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, (nanos + second - 1) / second));
  }
}

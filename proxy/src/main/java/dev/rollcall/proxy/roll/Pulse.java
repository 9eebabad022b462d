package dev.rollcall.proxy.roll;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life of one upstream, as they were seen: data only; {@code dev.rollcall.proxy.health}
 * judges. Traffic loops write what traffic saw, the control thread writes heartbeats, anyone reads;
 * nothing locks. Times are {@link System#nanoTime} of this process, at receipt.
 */
public final class Pulse {

  /** Traffic loops beyond this number share slots; more than that many cores are rare. */
  private static final int LOOPS = 64;

  /** Stands for "nothing waits" and "never". */
  public static final long NEVER = Long.MIN_VALUE;

  /** Beside the bits of accusations, which are numbered from 0. */
  private static final int STIRRED = 1 << 30;

  /** What each loop told last; null before any has anything to tell. */
  private final AtomicReference<@Nullable AtomicReferenceArray<@Nullable Told>> told =
      new AtomicReference<>();

  private final LongAdder good = new LongAdder();
  private final LongAdder bad = new LongAdder();
  private final AtomicInteger badInARow = new AtomicInteger();
  private final LongAccumulator longestSilence = new LongAccumulator(Math::max, 0);
  private final LongAccumulator slowestAnswer = new LongAccumulator(Math::max, 0);
  private final AtomicInteger accusations = new AtomicInteger();
  private volatile long answeredAt = NEVER;
  private volatile long beatenAt = NEVER;
  private volatile int beatInFlight;
  private volatile double beatLoad = -1;

  Pulse() {}

  /** The word of one loop, which alone writes it. */
  private static final class Told {
    private volatile long since = NEVER;
    private volatile long at;
  }

  /**
   * A response head came.
   *
   * <p>The silence that it ended lasted since its request was sent or since the answer before it,
   * whichever is later: while others are answered, one slow request is no silence.
   *
   * @return bad answers in a row, this one included
   */
  public int answered(boolean isGood, long latency, long now) {
    long before = answeredAt;
    answeredAt = now;
    longestSilence.accumulate(before == NEVER ? latency : Math.min(latency, now - before));
    slowestAnswer.accumulate(latency);
    if (!isGood) {
      return failed();
    }
    good.increment();
    if (badInARow.get() != 0) {
      badInARow.set(0);
    }
    return 0;
  }

  /**
   * An exchange failed.
   *
   * @return failures in a row, this one included
   */
  public int failed() {
    bad.increment();
    return badInARow.incrementAndGet();
  }

  /** Something has begun that is worth watching; true unless that was said before. Any thread. */
  public boolean stir() {
    return (accusations.get() & STIRRED) == 0
        && (accusations.getAndUpdate(bits -> bits | STIRRED) & STIRRED) == 0;
  }

  /** Nobody watches it any more: who stirs it next must say so. */
  public void settle() {
    if ((accusations.get() & STIRRED) != 0) {
      accusations.getAndUpdate(bits -> bits & ~STIRRED);
    }
  }

  /** Notes an accusation; true unless the same kind is still waiting to be heard. */
  public boolean accuse(TrafficFault fault) {
    int bit = 1 << fault.ordinal();
    return (accusations.get() & bit) == 0
        && (accusations.getAndUpdate(bits -> bits | bit) & bit) == 0;
  }

  /** An accusation has been heard; the next of its kind will be passed on. */
  public void heard(TrafficFault fault) {
    accusations.getAndUpdate(bits -> bits & ~(1 << fault.ordinal()));
  }

  /** A loop says when its oldest unanswered request was sent, or {@link #NEVER}. */
  public void waiting(int loop, long since, long now) {
    Told own = told(Math.floorMod(loop, LOOPS));
    own.at = now;
    own.since = since;
  }

  private Told told(int slot) {
    AtomicReferenceArray<@Nullable Told> all = told.get();
    if (all == null) {
      AtomicReferenceArray<@Nullable Told> fresh = new AtomicReferenceArray<>(LOOPS);
      AtomicReferenceArray<@Nullable Told> faster = told.compareAndExchange(null, fresh);
      all = faster == null ? fresh : faster;
    }
    Told known = all.get(slot);
    if (known != null) {
      return known;
    }
    Told fresh = new Told();
    Told faster = all.compareAndExchange(slot, null, fresh);
    return faster == null ? fresh : faster;
  }

  /** A heartbeat came. */
  public void beaten(int inFlight, double load, long now) {
    beatInFlight = inFlight;
    beatLoad = load;
    beatenAt = now;
  }

  /**
   * When the oldest unanswered request of all loops was sent, or {@link #NEVER}. Counts only what
   * loops have told after {@code fresh}.
   */
  public long waitingSince(long fresh) {
    AtomicReferenceArray<@Nullable Told> all = told.get();
    if (all == null) {
      return NEVER;
    }
    long oldest = NEVER;
    for (int loop = 0; loop < LOOPS; loop++) {
      Told word = all.get(loop);
      long since = word == null ? NEVER : word.since;
      if (word != null
          && since != NEVER
          && word.at - fresh > 0
          && (oldest == NEVER || since - oldest < 0)) {
        oldest = since;
      }
    }
    return oldest;
  }

  /** When traffic last got a response head, or {@link #NEVER}. */
  public long answeredAt() {
    return answeredAt;
  }

  /** When the last heartbeat came, or {@link #NEVER}. */
  public long beatenAt() {
    return beatenAt;
  }

  /** Requests that the instance itself says it works on, those of other proxies included. */
  public int beatInFlight() {
    return beatInFlight;
  }

  /** CPU use by its own word, 0 to 1, or -1 when unknown. */
  public double beatLoad() {
    return beatLoad;
  }

  /** Exchanges that ended well, since the beginning. */
  public long good() {
    return good.sum();
  }

  /** Exchanges that failed or were answered with a 5xx, since the beginning. */
  public long bad() {
    return bad.sum();
  }

  public int badInARow() {
    return badInARow.get();
  }

  /** Forgets bad answers, for an upstream that begins anew. */
  public void pardon() {
    badInARow.set(0);
  }

  /** Nanoseconds of the longest silence that ended in an answer since the last call. */
  public long takeLongestSilence() {
    return longestSilence.getThenReset();
  }

  /** Nanoseconds of the slowest answer since the last call. */
  public long takeSlowestAnswer() {
    return slowestAnswer.getThenReset();
  }
}

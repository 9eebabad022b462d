package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Instance;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an instance has been silent, by this proxy's own clock at receipt. Pure.
 *
 * <p>2.5 intervals, not 2: with one lost beat the next comes after 2 intervals plus jitter, so that
 * one loss alone accuses nobody.
 */
final class HeartbeatWatch {

  /** Between two looks at a silence that lasts. */
  private static final long AGAIN = Duration.ofMillis(100).toNanos();

  private final boolean leased;
  private long late;
  private long lease;
  private long heardAt;
  private long leaseFrom;
  private boolean lateSaid;
  private boolean endSaid;

  /**
   * Registering counts as a beat.
   *
   * @param leased false for an upstream without heartbeats, which is never late
   */
  HeartbeatWatch(Instance instance, boolean leased, long now) {
    this.leased = leased;
    late = late(instance);
    lease = instance.lease().toNanos();
    heardAt = now;
    leaseFrom = now;
  }

  private static long late(Instance instance) {
    return instance.heartbeat().toNanos() / 2 * 5;
  }

  /**
   * The instance may beat at another pace from now on. That it says so is a sign of life: its last
   * beat may be older than its new pace allows.
   */
  void pace(Instance instance, long now) {
    if (late != late(instance)) {
      late = late(instance);
      lease = instance.lease().toNanos();
      beaten(now);
    }
  }

  void beaten(long now) {
    heardAt = now;
    leaseFrom = now;
    lateSaid = false;
    endSaid = false;
  }

  /** This process stood still for so long and heard nobody: that time doesn't count. */
  void excuse(long nanos) {
    heardAt += nanos;
    leaseFrom += nanos;
  }

  /**
   * The registry may be to blame: when the doubt ends, the instance has a whole lease to be heard
   * again, and if it is not, its silence is news once more.
   */
  void doubt(long now) {
    leaseFrom = now;
    lateSaid = false;
    endSaid = false;
  }

  boolean isLeased() {
    return leased;
  }

  boolean isLate(long now) {
    return leased && now - heardAt > late;
  }

  /** Nanoseconds until its silence is to be looked at, if it isn't heard. */
  long untilDue(long now) {
    if (!leased) {
      return Long.MAX_VALUE;
    }
    return isLate(now) ? AGAIN : late - (now - heardAt);
  }

  boolean hasEnded(long now) {
    return leased && now - leaseFrom > lease;
  }

  /** What the silence means now: each stage of it is found once. */
  @Nullable Finding look(long now) {
    boolean late = isLate(now) && !lateSaid;
    boolean ended = hasEnded(now) && !endSaid;
    if (!late && !ended) {
      return null;
    }
    lateSaid = true;
    endSaid |= ended;
    return new Finding(
        ended ? Witness.LEASE_ENDED : Witness.LATE,
        "no heartbeat for " + People.seconds(now - heardAt));
  }
}

package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Instance;
import java.time.Duration;

/**
 * How long an instance has been silent, by this proxy's own clock at receipt. Pure.
 *
 * <p>2.5 intervals, not 2: with one lost beat the next comes after 2 intervals plus jitter, so that
 * one loss alone accuses nobody.
 */
final class HeartbeatWatch {

  private Duration late;
  private Duration lease;
  private long heardAt;
  private long leaseFrom;
  private boolean lateSaid;
  private boolean endSaid;

  /** Registering counts as a beat. */
  HeartbeatWatch(Instance instance, long now) {
    late = late(instance);
    lease = instance.lease();
    heardAt = now;
    leaseFrom = now;
  }

  private static Duration late(Instance instance) {
    return instance.heartbeat().multipliedBy(5).dividedBy(2);
  }

  /** The instance may beat at another pace from now on. */
  void pace(Instance instance) {
    late = late(instance);
    lease = instance.lease();
  }

  void beaten(long now) {
    heardAt = now;
    leaseFrom = now;
    lateSaid = false;
    endSaid = false;
  }

  /** We couldn't have heard it before now: this process stood still. */
  void excuse(long now) {
    beaten(now);
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

  boolean isLate(long now) {
    return now - heardAt > late.toNanos();
  }

  boolean hasEnded(long now) {
    return now - leaseFrom > lease.toNanos();
  }

  /** True once for each silence. */
  boolean sayLate(long now) {
    boolean news = isLate(now) && !lateSaid;
    lateSaid |= news;
    return news;
  }

  /** True once for each lease that ends. */
  boolean sayEnded(long now) {
    boolean news = hasEnded(now) && !endSaid;
    endSaid |= news;
    return news;
  }

  /** {@code 2.6 s}. */
  String silence(long now) {
    return People.seconds(now - heardAt);
  }
}

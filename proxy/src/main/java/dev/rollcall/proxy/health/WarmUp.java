package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Upstream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets an upstream that has come up grow into its share, a tenth at a time: a JVM runs its first
 * requests ten times slower than it will. Control thread.
 */
final class WarmUp {

  private static final int STEPS = 10;

  private final Roll roll;
  private final Upstream upstream;
  private final Supplier<Duration> plan;
  private long span;
  private long begunAt;
  private boolean warming;

  /**
   * @param plan how long it takes, at present; zero: warm at once
   */
  WarmUp(Roll roll, Upstream upstream, Supplier<Duration> plan) {
    this.roll = roll;
    this.upstream = upstream;
    this.plan = plan;
  }

  /** It is about to take traffic. */
  void begin(long now) {
    begunAt = now;
    span = plan.get().toNanos();
    warming = span > 0;
    tick(now);
  }

  boolean isWarming() {
    return warming;
  }

  void tick(long now) {
    if (!warming) {
      return;
    }
    double share = (now - begunAt) / (double) span;
    warming = share < 1;
    roll.warm(upstream, warming ? Math.floor(share * STEPS + 1) / STEPS : 1);
  }
}

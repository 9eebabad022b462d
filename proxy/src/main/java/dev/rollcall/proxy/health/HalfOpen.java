package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Trial;
import dev.rollcall.proxy.roll.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one request that decides whether an ejected upstream may come back. Control thread. */
final class HalfOpen {

  /** A trial that takes longer has failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  enum Outcome {
    OPEN,
    PASSED,
    FAILED
  }

  private final Roll roll;
  private final Upstream upstream;
  private @Nullable Trial trial;
  private long good;
  private long bad;
  private long claimedAt;
  private boolean claimed;

  HalfOpen(Roll roll, Upstream upstream) {
    this.roll = roll;
    this.upstream = upstream;
  }

  void offer() {
    good = upstream.pulse().good();
    bad = upstream.pulse().bad();
    claimed = false;
    trial = roll.tryOnce(upstream);
  }

  void close() {
    if (trial != null) {
      roll.withdraw(trial);
      trial = null;
    }
  }

  /**
   * What came of it. Whatever ends at the upstream after the offer counts, claimed or not: when
   * nobody else is there, it takes traffic anyway.
   */
  Outcome outcome(long now) {
    if (upstream.pulse().bad() > bad) {
      return Outcome.FAILED;
    }
    if (upstream.pulse().good() > good) {
      return Outcome.PASSED;
    }
    if (!claimed && trial != null && trial.claimed()) {
      claimed = true;
      claimedAt = now;
    }
    return claimed && now - claimedAt > PATIENCE.toNanos() ? Outcome.FAILED : Outcome.OPEN;
  }
}

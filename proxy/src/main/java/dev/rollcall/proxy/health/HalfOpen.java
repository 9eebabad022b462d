package dev.rollcall.proxy.health;

import dev.rollcall.proxy.health.LifeState.Ejected;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Trial;
import dev.rollcall.proxy.roll.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one request that decides whether an ejected upstream may come back. Control thread. */
final class HalfOpen {

  private static final long PATIENCE = Duration.ofSeconds(1).toNanos();
  private static final long UNFIT = Duration.ofSeconds(5).toNanos();

  private final Roll roll;
  private final Upstream upstream;
  private @Nullable Trial trial;
  private long good;
  private long bad;
  private long offeredAt;
  private long claimedAt;
  private boolean claimed;

  HalfOpen(Roll roll, Upstream upstream) {
    this.roll = roll;
    this.upstream = upstream;
  }

  void offer(long now) {
    offeredAt = now;
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
   * Whether its time is over, and then what came of the trial. Whatever ends at the upstream after
   * the offer counts, claimed or not: when nobody else is there, it takes traffic anyway. A service
   * whose requests are all unfit for a trial (each a POST, or a gRPC call) lets it back in untried:
   * who is out for want of a trial would be out for ever.
   */
  @Nullable Finding look(Ejected state, Vigil own, Neighbourhood neighbours, long now) {
    if (!state.onTrial()) {
      return now - state.until() >= 0 ? new Finding(Witness.TIME_SERVED, "") : null;
    }
    if (!claimed && trial != null && trial.claimed()) {
      claimed = true;
      claimedAt = now;
    }
    boolean late = claimed && now - claimedAt > Math.max(PATIENCE, 2 * neighbours.slowest(own));
    if (late || upstream.pulse().bad() > bad) {
      return new Finding(Witness.TRIAL_FAILED, "a trial request failed");
    }
    boolean unfit =
        !claimed && now - offeredAt > UNFIT && neighbours.answeredSince(own, now - UNFIT);
    if (unfit) {
      return new Finding(Witness.TRIAL_PASSED, "no request was fit to try it");
    }
    return upstream.pulse().good() > good
        ? new Finding(Witness.TRIAL_PASSED, "a trial request went well")
        : null;
  }
}

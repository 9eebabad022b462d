package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Pulse;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells an instance that fails from a service that fails: only who does far worse than its
 * neighbours is an outlier. Pure; one for each upstream; control thread.
 *
 * <p><b>In a row.</b> Five failures in a row are suspicious if the neighbours never fail. If they
 * fail with share q, n in a row happen to a sound instance with probability qⁿ at each request; so
 * the run must be long enough that qⁿ is below 10⁻⁹: 5 at q = 1 %, 13 at 20 %, 30 at 50 %.
 *
 * <p><b>By share.</b> At least half of its last 10 s failed, of 20 exchanges or more, and at least
 * twice the neighbours' share.
 */
final class OutlierDetector {

  private static final int SECONDS = 10;
  private static final int FEW = 20;
  private static final double LOG_OF_NEVER = Math.log(1e-9);

  /** Most instances of a large roll have met no request yet, and need no room for counts. */
  private static final long[] NOTHING = new long[SECONDS];

  private long[] good = NOTHING;
  private long[] bad = NOTHING;
  private int at;
  private long turnAt;

  OutlierDetector(long now) {
    turnAt = now;
  }

  /** Notes the counts once a second; call more often as you like. */
  void learn(Pulse pulse, long now) {
    if (now - turnAt < Duration.ofSeconds(1).toNanos()) {
      return;
    }
    turnAt = now;
    at = (at + 1) % SECONDS;
    note(at, pulse);
  }

  private void note(int second, Pulse pulse) {
    long goodNow = pulse.good();
    long badNow = pulse.bad();
    if (good == NOTHING) {
      if (goodNow == 0 && badNow == 0) {
        return;
      }
      good = new long[SECONDS];
      bad = new long[SECONDS];
    }
    good[second] = goodNow;
    bad[second] = badNow;
  }

  /** Exchanges of the last 10 s. */
  Tally tally(Pulse pulse) {
    int oldest = (at + 1) % SECONDS;
    return new Tally(pulse.good() - good[oldest], pulse.bad() - bad[oldest]);
  }

  /**
   * That it is an outlier, and why; null when it isn't one.
   *
   * @param neighbours what share of their exchanges fails, asked for only when it matters
   */
  @Nullable Finding look(Pulse pulse, DoubleSupplier neighbours, int ejectAfter) {
    int run = pulse.badInARow();
    Tally own = tally(pulse);
    boolean longRun = run >= ejectAfter;
    boolean largeShare = own.total() >= FEW && own.share() >= 0.5;
    if (ejectAfter == 0 || !(longRun || largeShare)) {
      return null;
    }
    double usual = neighbours.getAsDouble();
    if (longRun && run >= runNeeded(usual, ejectAfter)) {
      return new Finding(Witness.OUTLIER, run + " failures in a row");
    }
    if (!largeShare || own.share() < 2 * usual) {
      return null;
    }
    String detail = "%.0f %% of %d exchanges failed in %d s";
    return new Finding(Witness.OUTLIER, detail.formatted(own.share() * 100, own.total(), SECONDS));
  }

  /** It begins anew. */
  void restart(Pulse pulse) {
    pulse.pardon();
    for (int i = 0; i < SECONDS; i++) {
      note(i, pulse);
    }
  }

  private static double runNeeded(double usual, int ejectAfter) {
    if (usual <= 0) {
      return ejectAfter;
    }
    return usual >= 1
        ? Double.POSITIVE_INFINITY
        : Math.max(ejectAfter, Math.ceil(LOG_OF_NEVER / Math.log(usual)));
  }

  /** Good and bad exchanges. */
  record Tally(long good, long bad) {

    static final Tally NONE = new Tally(0, 0);

    Tally plus(Tally other) {
      return new Tally(good + other.good, bad + other.bad);
    }

    long total() {
      return good + bad;
    }

    double share() {
      return total() == 0 ? 0 : (double) bad / total();
    }
  }
}

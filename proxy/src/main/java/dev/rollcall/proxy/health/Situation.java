package dev.rollcall.proxy.health;

import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.proxy.roll.Pulse;
import dev.rollcall.proxy.roll.Upstream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How things are with one upstream, before anybody judges: what its neighbours are compared with,
 * and the circumstances in which a witness speaks of it. Control thread.
 */
final class Situation {

  private final Upstream upstream;
  private final Supplier<HealthOptions> options;
  private final Neighbourhood neighbours;
  private final HeartbeatWatch beats;
  private final SilenceWatch silence;
  private final OutlierDetector outliers;

  Situation(
      Upstream upstream,
      Supplier<HealthOptions> options,
      Neighbourhood neighbours,
      HeartbeatWatch beats,
      SilenceWatch silence,
      OutlierDetector outliers) {
    this.upstream = upstream;
    this.options = options;
    this.neighbours = neighbours;
    this.beats = beats;
    this.silence = silence;
    this.outliers = outliers;
  }

  /** Exchanges of the last 10 s. */
  OutlierDetector.Tally tally() {
    return outliers.tally(upstream.pulse());
  }

  /** What they say against it, if they do. */
  @Nullable Finding lookAtOutcomes(Vigil own) {
    return outliers.look(
        upstream.pulse(), () -> neighbours.failing(own), options.get().ejectAfter());
  }

  /** It is about to have failed too often in a row. */
  boolean isFailing() {
    return upstream.pulse().badInARow() * 2 >= options.get().ejectAfter();
  }

  /** It has answered a request after {@code since}. */
  boolean answeredSince(long since) {
    return Neighbours.isAfter(upstream.pulse().answeredAt(), since);
  }

  /** Requests wait for its answer. */
  boolean waits(long now) {
    return silence.lasts(now);
  }

  /** Nanoseconds of its slowest answer of late. */
  long slowest() {
    return silence.slowest();
  }

  /** Since it was asked this process stood still: no answer means nothing then. */
  boolean missedTheAnswer(long askedAt) {
    return neighbours.stoodStillUntil() - askedAt >= 0;
  }

  /**
   * The circumstances. What costs time to know is looked up only for the witnesses to whom it
   * matters.
   *
   * @param lifeSignFrom what it has said since counts as a sign of life
   */
  Circumstances facts(Vigil own, Witness witness, long lifeSignFrom, long now) {
    Pulse pulse = upstream.pulse();
    boolean doubt = neighbours.inDoubt(own);
    boolean speaks =
        Neighbours.isAfter(pulse.beatenAt(), lifeSignFrom)
            || Neighbours.isAfter(pulse.answeredAt(), lifeSignFrom);
    return new Circumstances(
        now,
        doubt || !beats.isLate(now),
        doubt,
        witness == Witness.UNANSWERED && silence.hangs(own, now),
        speaks,
        witness == Witness.OUTLIER && neighbours.mayEject(own),
        !(upstream.instance().probe() instanceof ProbeTarget.None),
        beats.isLeased() || neighbours.isLast(own) ? 1 : options.get().rise());
  }
}

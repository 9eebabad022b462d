package dev.rollcall.proxy.health;

import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.proxy.roll.Pulse;
import dev.rollcall.proxy.roll.Upstream;
import java.util.function.Supplier;

/** Gathers the circumstances in which a witness speaks of one upstream. Control thread. */
final class Situation {

  private final Upstream upstream;
  private final Supplier<HealthOptions> options;
  private final Neighbourhood neighbours;
  private final HeartbeatWatch beats;
  private final SilenceWatch silence;

  Situation(
      Upstream upstream,
      Supplier<HealthOptions> options,
      Neighbourhood neighbours,
      HeartbeatWatch beats,
      SilenceWatch silence) {
    this.upstream = upstream;
    this.options = options;
    this.neighbours = neighbours;
    this.beats = beats;
    this.silence = silence;
  }

  /**
   * What costs time to know is looked up only for the witnesses to whom it matters.
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

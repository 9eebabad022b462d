package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Instance;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Pulse;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Upstream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The watch over one upstream: gathers its witnesses and lets {@link Judgement} hear them. Control
 * thread only.
 */
final class Vigil {

  private final Upstream upstream;
  private final String service;
  private final Neighbourhood neighbours;
  private final Roll roll;
  private final HeartbeatWatch beats;
  private final SilenceWatch silence;
  private final OutlierDetector outliers;
  private final ProbeSchedule probes;
  private final WarmUp warmth;
  private final Situation situation;
  private final Judgement judgement;
  private final Repose repose;
  private final LongSupplier clock;

  /** What those who go round note of it; nobody else does. */
  final RoundsNote note = new RoundsNote();

  /**
   * @param options at present
   * @param beats if it has no heartbeats, it counts as up until something speaks against it
   */
  Vigil(
      Upstream upstream,
      Supplier<HealthOptions> options,
      Neighbourhood neighbours,
      Roll roll,
      HeartbeatWatch beats,
      ProbeSchedule probes,
      LongSupplier clock) {
    this.upstream = upstream;
    this.service = upstream.instance().service();
    this.neighbours = neighbours;
    this.roll = roll;
    this.beats = beats;
    this.probes = probes;
    this.clock = clock;
    long now = clock.getAsLong();
    this.silence = new SilenceWatch(upstream, () -> options.get().stall(), neighbours, now);
    this.outliers = new OutlierDetector(now);
    this.situation = new Situation(upstream, options, neighbours, beats, silence, outliers);
    this.warmth = new WarmUp(roll, upstream, () -> options.get().slowStart());
    Liveness first = beats.isLeased() ? Liveness.joining(now) : Liveness.up(now);
    this.judgement = new Judgement(upstream, options, roll, first, now);
    this.repose = new Repose(upstream, beats, probes, warmth);
    repose.turned(availability());
  }

  /** The first word: what the registration says. */
  void begin() {
    if (!isLeased()) {
      roll.stand(upstream, Availability.UP, false, "named in the settings");
    }
    registered(upstream.instance());
    if (isLeased()) {
      hear(Witness.HEARTBEAT, "registered, and can't be probed");
    }
  }

  /** No more witnesses are heard. */
  void close() {
    probes.close();
  }

  Upstream upstream() {
    return upstream;
  }

  /** The one that it joined under. */
  String service() {
    return service;
  }

  Availability availability() {
    return judgement.availability();
  }

  /** When its availability last changed. */
  long turnedAt() {
    return judgement.turnedAt();
  }

  boolean isLeased() {
    return beats.isLeased();
  }

  boolean isLate(long now) {
    return beats.isLate(now);
  }

  /** Down and silent, and so for longer than {@code inSight}. */
  boolean isLongGone(long now, long inSight) {
    return availability() == Availability.DOWN
        && beats.hasEnded(now)
        && now - judgement.turnedAt() > inSight;
  }

  /** Whether those who go round may pass it by. */
  Repose repose() {
    return repose;
  }

  /** How things are with it, for its neighbours to be compared with. */
  Situation situation() {
    return situation;
  }

  /** The instance or an operator has said something. */
  void registered(Instance instance) {
    beats.pace(instance, clock.getAsLong());
    hear(DrainOrder.look(instance, upstream.wish(), judgement.life().drain()));
  }

  void beaten(Beat beat) {
    long now = clock.getAsLong();
    upstream.pulse().beaten(beat.inFlight(), beat.load(), now);
    beats.beaten(now);
    hear(Witness.HEARTBEAT, "heartbeats come");
  }

  /** Asks at once, without holding anything against it. */
  void ask() {
    probes.ask(this);
  }

  /**
   * A probe has come back.
   *
   * @param sentAt when it was sent
   */
  void answered(ProbeResult result, long sentAt) {
    Witness witness = result.witness();
    if (witness == Witness.UNANSWERED && situation.missedTheAnswer(sentAt)) {
      ask();
      return;
    }
    if (witness != Witness.ANSWERED || !silence.isHollow(this, clock.getAsLong())) {
      hear(witness, result.detail(), sentAt);
    }
    probes.plan(judgement.life());
  }

  void hear(Witness witness, String detail) {
    hear(witness, detail, clock.getAsLong());
  }

  private void hear(@Nullable Finding finding) {
    if (finding != null) {
      hear(finding.witness(), finding.detail());
    }
  }

  private void hear(Witness witness, String detail, long lifeSignFrom) {
    Availability before = availability();
    if (witness == Witness.ANSWERED) {
      silence.acquit(clock.getAsLong());
    }
    Circumstances facts = situation.facts(this, witness, lifeSignFrom, clock.getAsLong());
    Step step = judgement.hear(witness, detail, facts);
    if (availability() != before) {
      turned(before);
    }
    if (step.ask()) {
      ask();
    }
  }

  private void turned(Availability before) {
    repose.turned(availability());
    long now = clock.getAsLong();
    probes.turned(judgement.life(), now);
    if (availability() == Availability.UP && before != Availability.SUSPECT) {
      silence.restart(now);
      outliers.restart(upstream.pulse());
      warmth.begin(now);
    }
  }

  /** Looks at everything that time brings. Every few tens of milliseconds. */
  void tick() {
    long now = clock.getAsLong();
    silence.learn(now);
    outliers.learn(upstream.pulse(), now);
    warmth.tick(now);
    hear(lookAtBeats(now));
    switch (availability()) {
      case UP, SUSPECT -> {
        askWhyItIsSilent(now);
        hear(silence.look(this, availability() == Availability.SUSPECT, now));
        hear(situation.lookAtOutcomes(this));
      }
      case DRAINING -> askWhyItIsSilent(now);
      case EJECTED -> hear(judgement.lookAtTrial(this, neighbours, now));
      case JOINING, DOWN -> {}
    }
    probes.tick(this, now);
  }

  private @Nullable Finding lookAtBeats(long now) {
    if (!beats.isLate(now) || !neighbours.inDoubt(this)) {
      return beats.look(now);
    }
    beats.doubt(now);
    probes.hurry(now);
    return null;
  }

  private void askWhyItIsSilent(long now) {
    long since = silence.since(now);
    if (since != Pulse.NEVER) {
      probes.askUrgently(this, since);
    }
  }

  /** This process stood still for so long: what was not heard meanwhile proves nothing. */
  void excuse(long nanos) {
    silence.excuse(clock.getAsLong());
    beats.excuse(nanos);
  }
}

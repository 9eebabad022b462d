package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.proxy.health.LifeState.Down;
import dev.rollcall.proxy.health.LifeState.Ejected;
import dev.rollcall.proxy.health.LifeState.Up;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Pulse;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Upstream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The watch over one upstream: gathers its witnesses, lets {@link Liveness} judge, tells the roll.
 * Control thread only.
 */
final class Vigil {

  private final Upstream upstream;
  private final HealthOptions options;
  private final Neighbourhood neighbours;
  private final Roll roll;
  private final @Nullable HeartbeatWatch beats;
  private final StallDetector stalls;
  private final OutlierDetector outliers;
  private final ProbeSchedule probes;
  private final HalfOpen trial;
  private final LongSupplier clock;
  private Liveness life;
  private long turnedAt;

  /**
   * @param beats null for an upstream without heartbeats, which counts as up until something speaks
   *     against it
   */
  Vigil(
      Upstream upstream,
      HealthOptions options,
      Neighbourhood neighbours,
      Roll roll,
      @Nullable HeartbeatWatch beats,
      ProbeSchedule probes,
      LongSupplier clock) {
    this.upstream = upstream;
    this.options = options;
    this.neighbours = neighbours;
    this.roll = roll;
    this.beats = beats;
    this.probes = probes;
    this.clock = clock;
    long now = clock.getAsLong();
    this.stalls = new StallDetector(options.stall(), now);
    this.outliers = new OutlierDetector(now);
    this.trial = new HalfOpen(roll, upstream);
    this.turnedAt = now;
    this.life = beats == null ? Liveness.up(now) : Liveness.joining(now);
  }

  /** The first word: what the registration says. */
  void begin() {
    if (beats == null) {
      roll.stand(upstream, Availability.UP, false, "named in the settings");
    }
    registered(upstream.instance());
    if (beats != null) {
      hear(Witness.HEARTBEAT, "registered, and can't be probed");
    }
  }

  Upstream upstream() {
    return upstream;
  }

  Availability availability() {
    return life.availability();
  }

  StallDetector stalls() {
    return stalls;
  }

  OutlierDetector.Tally tally() {
    return outliers.tally(upstream.pulse());
  }

  /** It has answered a request after {@code since}. */
  boolean answeredSince(long since) {
    return Neighbours.isAfter(upstream.pulse().answeredAt(), since);
  }

  /** Requests wait for its answer. */
  boolean waits() {
    return stalls.silence(upstream.pulse(), clock.getAsLong()) > 0;
  }

  boolean isLeased() {
    return beats != null;
  }

  /** No more witnesses are heard. */
  void close() {
    probes.close();
  }

  boolean isLate() {
    return beats != null && beats.isLate(clock.getAsLong());
  }

  /** Down, silent, and so for longer than {@code inSight}. */
  boolean isLongGone(long now, long inSight) {
    return beats != null
        && life.availability() == Availability.DOWN
        && beats.hasEnded(now)
        && now - turnedAt > inSight;
  }

  /** The instance or an operator has said something. */
  void registered(Instance instance) {
    if (beats != null) {
      beats.pace(instance);
    }
    InstanceOverride wish = roll.wishFor(upstream);
    boolean own = instance.state() == InstanceState.DRAINING;
    boolean wished = wish != null && wish.drain();
    if ((own || wished) && !life.drain()) {
      hear(Witness.DRAIN, own || wish == null ? "its own word" : "drained by " + wish.by());
    } else if (!own && !wished && life.drain()) {
      hear(Witness.READY, "drain taken back");
    }
  }

  void beaten(Beat beat) {
    long now = clock.getAsLong();
    upstream.pulse().beaten(beat.inFlight(), beat.load(), now);
    if (beats != null) {
      beats.beaten(now);
    }
    hear(Witness.HEARTBEAT, "heartbeats come");
  }

  /** Asks at once, without holding anything against it. */
  void ask() {
    probes.ask(this);
  }

  void answered(ProbeResult result, long sentAt) {
    boolean unfair = result.witness() == Witness.UNANSWERED && stoodStillSince(sentAt);
    if (unfair) {
      ask();
      return;
    }
    weigh(result, sentAt);
    probes.plan(life);
  }

  private void weigh(ProbeResult result, long sentAt) {
    if (result.witness() == Witness.ANSWERED && isHollow()) {
      return;
    }
    if (result.witness() == Witness.ANSWERED) {
      stalls.acquit(upstream.pulse(), clock.getAsLong());
    }
    hear(result.witness(), result.detail(), sentAt);
  }

  /** The kernel takes connections for a frozen process too: a bare connect refutes no silence. */
  private boolean isHollow() {
    return upstream.instance().probe() instanceof ProbeTarget.Tcp && hangs(clock.getAsLong());
  }

  private boolean stoodStillSince(long then) {
    return neighbours.stoodStillUntil() - then >= 0;
  }

  void hear(Witness witness, String detail) {
    hear(witness, detail, clock.getAsLong());
  }

  private void hear(Witness witness, String detail, long lifeSignFrom) {
    Liveness before = life;
    Step step = life.hear(witness, detail, circumstances(lifeSignFrom), options);
    life = step.next();
    if (!life.state().equals(before.state())) {
      if (life.availability() != before.availability()) {
        turned(before);
      }
      tell(step.reason());
    }
    if (step.ask()) {
      ask();
    }
  }

  private void turned(Liveness before) {
    turnedAt = clock.getAsLong();
    probes.turned(life, turnedAt);
    if (life.state() instanceof Up && before.availability() != Availability.SUSPECT) {
      stalls.restart(upstream.pulse(), turnedAt);
      outliers.restart(upstream.pulse());
    }
  }

  private void tell(String reason) {
    boolean hard = life.state() instanceof Down down && down.hard();
    String why = reason.isEmpty() ? upstream.standing().reason() : reason;
    roll.stand(upstream, life.availability(), hard, why);
    if (life.state() instanceof Ejected ejected && ejected.onTrial()) {
      trial.offer();
    } else {
      trial.close();
    }
  }

  /** Looks at everything that time brings. Every few tens of milliseconds. */
  void tick() {
    long now = clock.getAsLong();
    watchBeats(now);
    stalls.learn(upstream.pulse(), now);
    outliers.learn(upstream.pulse(), now);
    switch (life.availability()) {
      case UP, SUSPECT -> {
        watchSilence(now);
        watchFailures();
      }
      case DRAINING -> watchSilence(now);
      case EJECTED -> watchTrial(now);
      case JOINING, DOWN -> {}
    }
    probes.tick(this, now);
  }

  /** This process stood still until now: what was not heard meanwhile proves nothing. */
  void excuse() {
    long now = clock.getAsLong();
    stalls.excuse(now);
    if (beats != null) {
      beats.excuse(now);
    }
  }

  private void watchBeats(long now) {
    if (beats == null || !beats.isLate(now)) {
      return;
    }
    if (neighbours.inDoubt(this)) {
      beats.doubt(now);
      probes.hurry(now);
      return;
    }
    String silent = "no heartbeat for " + beats.silence(now);
    if (beats.sayEnded(now)) {
      hear(Witness.LEASE_ENDED, silent);
    } else if (beats.sayLate(now)) {
      hear(Witness.LATE, silent);
    }
  }

  private void watchSilence(long now) {
    Pulse pulse = upstream.pulse();
    long silence = stalls.silence(pulse, now);
    if (silence < stalls.askFrom(now)) {
      return;
    }
    long since = stalls.since(pulse, now);
    probes.askOnce(this, since);
    long limit = stalls.limit(now);
    boolean alone = !neighbours.answeredSince(this, since);
    if (silence < limit || alone) {
      return;
    }
    String detail = "requests unanswered for " + People.seconds(silence);
    if (isStuck(silence, limit)) {
      hear(Witness.OUTLIER, detail + " while neighbours answer");
    } else if (life.availability() != Availability.SUSPECT) {
      stalls.alarm(pulse);
      hear(Witness.STALLED, detail);
    }
  }

  /**
   * Something in it answers probes and nothing answers requests, again and again: several requests
   * hang, for longer than twice the slowest answer of the service.
   */
  private boolean isStuck(long silence, long limit) {
    boolean again = stalls.alarms() >= 3 || (stalls.alarms() > 0 && silence >= 4 * limit);
    return again && upstream.traffic().inFlight() >= 3 && silence > 2 * neighbours.slowest(this);
  }

  private void watchFailures() {
    String accusation =
        outliers.accusation(upstream.pulse(), neighbours.tally(this), options.ejectAfter());
    if (!accusation.isEmpty()) {
      hear(Witness.OUTLIER, accusation);
    }
  }

  private void watchTrial(long now) {
    Ejected ejected = (Ejected) life.state();
    if (!ejected.onTrial()) {
      if (now - ejected.until() >= 0) {
        hear(Witness.TIME_SERVED, "");
      }
      return;
    }
    switch (trial.outcome(now)) {
      case OPEN -> {}
      case PASSED -> hear(Witness.TRIAL_PASSED, "a trial request went well");
      case FAILED -> hear(Witness.TRIAL_FAILED, "a trial request failed");
    }
  }

  private Circumstances circumstances(long lifeSignFrom) {
    long now = clock.getAsLong();
    Pulse pulse = upstream.pulse();
    boolean doubt = isLate() && neighbours.inDoubt(this);
    return new Circumstances(
        now,
        !isLate() || doubt,
        doubt,
        hangs(now),
        Neighbours.isAfter(pulse.beatenAt(), lifeSignFrom)
            || Neighbours.isAfter(pulse.answeredAt(), lifeSignFrom),
        neighbours.mayEject(this),
        !(upstream.instance().probe() instanceof ProbeTarget.None),
        beats == null ? options.rise() : 1);
  }

  /** Silent beyond the usual, and not because all of its neighbours are. */
  private boolean hangs(long now) {
    Pulse pulse = upstream.pulse();
    return stalls.silence(pulse, now) >= stalls.limit(now)
        && (neighbours.isIdle(this) || neighbours.answeredSince(this, stalls.since(pulse, now)));
  }
}

package dev.rollcall.proxy.health;

import dev.rollcall.proxy.health.LifeState.Down;
import dev.rollcall.proxy.health.LifeState.Ejected;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Upstream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is thought of one upstream, and its consequences: the roll is told, a trial is offered or
 * withdrawn. Control thread.
 */
final class Judgement {

  private final Upstream upstream;
  private final Supplier<HealthOptions> options;
  private final Roll roll;
  private final HalfOpen trial;
  private Liveness life;
  private long turnedAt;

  /**
   * @param life to begin with
   */
  Judgement(
      Upstream upstream, Supplier<HealthOptions> options, Roll roll, Liveness life, long now) {
    this.upstream = upstream;
    this.options = options;
    this.roll = roll;
    this.trial = new HalfOpen(roll, upstream);
    this.life = life;
    this.turnedAt = now;
  }

  Liveness life() {
    return life;
  }

  Availability availability() {
    return life.availability();
  }

  /** When its availability last changed. */
  long turnedAt() {
    return turnedAt;
  }

  /** Lets a witness speak. */
  Step hear(Witness witness, String detail, Circumstances facts) {
    Liveness before = life;
    Step step = life.hear(witness, detail, facts, options.get());
    life = step.next();
    if (life.availability() != before.availability()) {
      turnedAt = facts.now();
    }
    if (!life.state().equals(before.state())) {
      tell(step.reason(), facts.now());
    }
    return step;
  }

  /** What the half-open trial of an ejected upstream has brought, if it is on trial. */
  @Nullable Finding lookAtTrial(Vigil own, Neighbourhood neighbours, long now) {
    return life.state() instanceof Ejected ejected
        ? trial.look(ejected, own, neighbours, now)
        : null;
  }

  private void tell(String reason, long now) {
    boolean hard = life.state() instanceof Down down && down.hard();
    String why = reason.isEmpty() ? upstream.standing().reason() : reason;
    roll.stand(upstream, life.availability(), hard, why);
    if (life.state() instanceof Ejected ejected && ejected.onTrial()) {
      trial.offer(now);
    } else {
      trial.close();
    }
  }
}

package dev.rollcall.proxy.health;

import dev.rollcall.proxy.health.LifeState.Down;
import dev.rollcall.proxy.health.LifeState.Draining;
import dev.rollcall.proxy.health.LifeState.Ejected;
import dev.rollcall.proxy.health.LifeState.Joining;
import dev.rollcall.proxy.health.LifeState.Suspect;
import dev.rollcall.proxy.health.LifeState.Up;
import dev.rollcall.proxy.roll.Availability;

/**
 * What is thought of one upstream: a state, and the little that is remembered across states.
 * Immutable; {@link #hear} looks the witness up in {@link LivenessTable} and returns what follows.
 * Pure: no clock, no threads, no waiting.
 *
 * @param misses probes in a row that weren't answered well
 * @param cutOff its connection to the registry is lost and no heartbeat has come since
 * @param drain it shall take nothing new, by its own or an operator's word
 * @param met something has answered at its endpoint, or it is taken for granted that it will
 */
record Liveness(
    LifeState state, int misses, boolean cutOff, boolean drain, boolean met, History history) {

  private static final String NEVER_MET = "registered, but unreachable from here: ";

  /** Of an upstream that has just come on the roll. */
  static Liveness joining(long now) {
    return new Liveness(new Joining(), 0, false, false, false, History.none(now));
  }

  /** Of an upstream that is taken for good until something speaks against it. */
  static Liveness up(long now) {
    long before = now - History.SHORT.toNanos();
    return new Liveness(new Up(), 0, false, false, true, History.none(now).up(before));
  }

  Availability availability() {
    return state.availability();
  }

  /** What follows from a witness's word. {@code detail} is that word for people. */
  Step hear(Witness witness, String detail, Circumstances facts, HealthOptions options) {
    return LivenessTable.rule(availability(), witness)
        .apply(noted(witness), new Hearing(told(witness, detail), facts, options));
  }

  /**
   * Who never answered may be well, and registered under an address that leads nowhere from here: a
   * container's own, or that of another network. That is what a person should look at first.
   */
  private String told(Witness witness, String detail) {
    boolean nowhere = witness == Witness.REFUSED || witness == Witness.UNANSWERED;
    return nowhere && !met ? NEVER_MET + detail : detail;
  }

  /** All that a rule may look at besides the liveness itself. */
  record Hearing(String detail, Circumstances facts, HealthOptions options) {}

  private Liveness noted(Witness witness) {
    return switch (witness) {
      case READY -> new Liveness(state, misses, cutOff, false, met, history);
      case DRAIN -> new Liveness(state, misses, cutOff, true, met, history);
      case DISCONNECTED -> new Liveness(state, misses, true, drain, met, history);
      case HEARTBEAT -> new Liveness(state, misses, false, drain, met, history);
      case ANSWERED -> new Liveness(state, 0, cutOff, drain, true, history);
      case UNREADY -> new Liveness(state, misses + 1, cutOff, drain, true, history);
      case UNANSWERED -> new Liveness(state, misses + 1, cutOff, drain, met, history);
      default -> this;
    };
  }

  Step stay() {
    return new Step(this, false, "");
  }

  Step ask() {
    return new Step(this, true, "");
  }

  Step suspect(String why) {
    return new Step(in(new Suspect(why), history), true, why);
  }

  /** Back into traffic, unless it drains. */
  Step rise(String reason, long now) {
    History then = state instanceof Suspect ? history.acquitted(now) : history.up(now);
    return new Step(
        new Liveness(drain ? new Draining() : new Up(), 0, cutOff, drain, true, then),
        false,
        reason);
  }

  Step fall(boolean hard, String reason, long now) {
    return new Step(in(new Down(hard, 0), history.fallen(now)), false, reason);
  }

  Step eject(String reason, Hearing hearing) {
    long now = hearing.facts().now();
    History then = history.ejected(now, hearing.options());
    Ejected out = new Ejected(now + then.lastEjection(), false);
    String span = ", out for " + People.seconds(then.lastEjection());
    return new Step(in(out, then), false, reason + span);
  }

  Liveness in(LifeState next) {
    return in(next, history);
  }

  private Liveness in(LifeState next, History then) {
    return new Liveness(next, misses, cutOff, drain, met, then);
  }
}

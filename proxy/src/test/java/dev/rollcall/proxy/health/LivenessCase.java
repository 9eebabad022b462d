package dev.rollcall.proxy.health;

import dev.rollcall.proxy.health.LifeState.Down;
import dev.rollcall.proxy.health.LifeState.Draining;
import dev.rollcall.proxy.health.LifeState.Ejected;
import dev.rollcall.proxy.health.LifeState.Joining;
import dev.rollcall.proxy.health.LifeState.Suspect;
import dev.rollcall.proxy.health.LifeState.Up;
import dev.rollcall.proxy.roll.Availability;
import java.time.Duration;
import java.util.Locale;

/** A life in each state, circumstances for a witness to speak in, and what follows. */
abstract class LivenessCase {

  protected static final long NOW = Duration.ofHours(1).toNanos();
  protected static final HealthOptions OPTIONS = HealthOptions.DEFAULT;

  protected static final Circumstances SOUND =
      new Circumstances(NOW, true, false, false, false, true, true, 1);
  protected static final Circumstances SILENT =
      new Circumstances(NOW, false, false, false, false, true, true, 1);
  protected static final Circumstances DOUBT =
      new Circumstances(NOW, true, true, false, false, true, true, 1);
  protected static final Circumstances HANGS =
      new Circumstances(NOW, true, false, true, false, true, true, 1);
  protected static final Circumstances SPEAKS =
      new Circumstances(NOW, true, false, false, true, true, true, 1);
  protected static final Circumstances SPEAKS_IN_DOUBT =
      new Circumstances(NOW, true, true, false, true, true, true, 1);
  protected static final Circumstances HALF_IS_OUT =
      new Circumstances(NOW, true, false, false, false, false, true, 1);
  protected static final Circumstances UNPROBED =
      new Circumstances(NOW, true, false, false, false, true, false, 1);
  protected static final Circumstances RISES_AT_TWO =
      new Circumstances(NOW, true, false, false, false, true, true, 2);

  protected static Liveness in(Availability state) {
    return in(
        switch (state) {
          case JOINING -> new Joining();
          case UP -> new Up();
          case SUSPECT -> new Suspect("because");
          case EJECTED -> new Ejected(NOW, true);
          case DRAINING -> new Draining();
          case DOWN -> new Down(true, 0);
        });
  }

  protected static Liveness in(LifeState state) {
    boolean drains = state instanceof Draining;
    return new Liveness(state, 0, false, drains, true, History.none(NOW));
  }

  protected static Step hear(Liveness life, Witness witness, Circumstances facts) {
    return life.hear(witness, "the word", facts, OPTIONS);
  }

  protected static String shown(Step step) {
    String name = step.next().availability().name().toLowerCase(Locale.ROOT);
    boolean soft = step.next().state() instanceof Down down && !down.hard();
    return name + (soft ? "~" : "") + (step.ask() ? "!" : "");
  }
}

package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Availability;

/**
 * The states that an upstream can be in; the columns of {@link LivenessTable}. Each keeps only what
 * belongs to it alone.
 */
sealed interface LifeState {

  Availability availability();

  /** On the roll, not asked yet. */
  record Joining() implements LifeState {
    @Override
    public Availability availability() {
      return Availability.JOINING;
    }
  }

  /** Takes traffic. */
  record Up() implements LifeState {
    @Override
    public Availability availability() {
      return Availability.UP;
    }
  }

  /**
   * Something speaks against it.
   *
   * @param why the accusation, which becomes a part of the verdict
   */
  record Suspect(String why) implements LifeState {
    @Override
    public Availability availability() {
      return Availability.SUSPECT;
    }
  }

  /**
   * Answers, but badly.
   *
   * @param until monotonic nanoseconds
   * @param onTrial its time is over and one request may try it
   */
  record Ejected(long until, boolean onTrial) implements LifeState {
    @Override
    public Availability availability() {
      return Availability.EJECTED;
    }
  }

  /** Finishing what it has. */
  record Draining() implements LifeState {
    @Override
    public Availability availability() {
      return Availability.DRAINING;
    }
  }

  /**
   * Takes nothing.
   *
   * @param hard panic never ignores it; see {@link dev.rollcall.proxy.roll.Standing#hard}
   * @param goods good answers in a row since
   */
  record Down(boolean hard, int goods) implements LifeState {
    @Override
    public Availability availability() {
      return Availability.DOWN;
    }
  }
}

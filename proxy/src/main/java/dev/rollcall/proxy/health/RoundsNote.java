package dev.rollcall.proxy.health;

/**
 * What {@link Agenda} and {@link Census} remember of one vigil, kept with it so that thousands need
 * no map. Control thread.
 */
final class RoundsNote {

  /** When the {@link Agenda} has it looked at. */
  long turn = Agenda.NONE;

  /** How the {@link Census} has counted it. */
  Census.Mark mark = Census.Mark.NOT_COUNTED;
}

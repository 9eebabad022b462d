package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Availability;

/**
 * How many of those with heartbeats are silent. Each is counted when it is looked at and when it is
 * heard, so that nobody has to go through all of them. Control thread.
 */
final class Census {

  /** Fewer instances than this fall silent together by chance. */
  private static final int CROWD = 3;

  /** How one is counted at present. */
  enum Mark {
    NOT_COUNTED,
    HEARD,
    SILENT
  }

  private int heard;
  private int silent;

  /** Counts it anew. Who is down doesn't count: those that answer no probe are down. */
  void count(Vigil vigil, long now) {
    boolean counts = vigil.isLeased() && vigil.availability() != Availability.DOWN;
    if (!counts) {
      mark(vigil, Mark.NOT_COUNTED);
    } else {
      mark(vigil, vigil.isLate(now) ? Mark.SILENT : Mark.HEARD);
    }
  }

  void strike(Vigil vigil) {
    mark(vigil, Mark.NOT_COUNTED);
  }

  /** Most fell silent together, though they live. */
  boolean mostAreSilent() {
    int known = heard + silent;
    return known >= CROWD && silent * 2 > known;
  }

  private void mark(Vigil vigil, Mark now) {
    Mark before = vigil.note.mark;
    if (before != now) {
      vigil.note.mark = now;
      heard += one(now == Mark.HEARD) - one(before == Mark.HEARD);
      silent += one(now == Mark.SILENT) - one(before == Mark.SILENT);
    }
  }

  private static int one(boolean counted) {
    return counted ? 1 : 0;
  }
}

package dev.rollcall.proxy.health;

import dev.rollcall.discovery.logging.OwnFaults;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whom a tick looks at: those with whom something goes on, and the others when time may bring
 * something: a heartbeat that is late, a question that is due. So a large roll at rest costs little
 * more than a small one. Control thread.
 */
final class Rounds {

  /** More than this are a large roll, in which even the busy are looked at in every other tick. */
  private static final int MANY = 500;

  /** Ticks between two looks at the busy, and at most between two at the others. */
  private record Pauses(int busy, int most) {}

  private static final Pauses OF_FEW = new Pauses(1, 4);

  /** What is counted by the second ({@link OutlierDetector}) needs a look a second, and no more. */
  private static final Pauses OF_MANY = new Pauses(2, 42);

  private static final long TICK = Health.TICK.toNanos();

  private final Agenda agenda = new Agenda();
  private final Census census;
  private final OwnFaults faults;

  /**
   * @param faults are told whom a look has failed at
   */
  Rounds(Census census, OwnFaults faults) {
    this.census = census;
    this.faults = faults;
  }

  /** It is watched from now on. */
  void add(Vigil vigil, long now) {
    agenda.soon(vigil);
    census.count(vigil, now);
  }

  /** Something has happened to it: the next tick looks at it. */
  void soon(Vigil vigil) {
    agenda.soon(vigil);
  }

  /** It has been heard, and only that. */
  void heard(Vigil vigil, long now) {
    census.count(vigil, now);
  }

  /** It is watched no more. */
  void remove(Vigil vigil) {
    agenda.strike(vigil);
    census.strike(vigil);
  }

  /**
   * One tick. All whose turn it is are counted before the first of them is judged: when they have
   * fallen silent together, that is known by then.
   *
   * @param vigils how many there are
   * @param look may remove it
   */
  void tick(int vigils, long now, Consumer<Vigil> look) {
    Pauses pauses = vigils > MANY ? OF_MANY : OF_FEW;
    List<Vigil> due = agenda.next();
    due.forEach(vigil -> census.count(vigil, now));
    for (Vigil vigil : due) {
      agenda.in(look(vigil, look) ? pause(vigil, pauses, now) : pauses.busy(), vigil);
    }
  }

  /** False: it has failed. Whatever goes wrong in one, the others are looked at. */
  private boolean look(Vigil vigil, Consumer<Vigil> look) {
    try {
      look.accept(vigil);
      return true;
    } catch (RuntimeException | Error fault) {
      faults.tell("a look at " + vigil.upstream().instance().name(), fault);
      return false;
    }
  }

  private static long pause(Vigil vigil, Pauses pauses, long now) {
    Repose repose = vigil.repose();
    if (repose.isBusy() || !repose.settles()) {
      return pauses.busy();
    }
    return Math.min(pauses.most(), repose.untilDue(now) / TICK + 1);
  }
}

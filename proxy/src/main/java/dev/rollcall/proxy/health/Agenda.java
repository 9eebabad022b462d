package dev.rollcall.proxy.health;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whom a tick looks at: a timing wheel with a slot for each tick (Varghese and Lauck, Hashed and
 * Hierarchical Timing Wheels, 1987). So a tick costs as much as there is to look at, and those with
 * whom nothing goes on cost next to nothing, however many they are. Control thread.
 *
 * <p>A vigil has one turn at a time. Who is called sooner leaves an entry behind, which counts for
 * nothing when its slot comes.
 */
final class Agenda {

  /** Not entered at present. */
  static final long NONE = -1;

  /** Struck off, and never entered again. */
  private static final long OVER = -2;

  private static final int SLOTS = 64;

  private final List<List<Vigil>> slots =
      IntStream.range(0, SLOTS).<List<Vigil>>mapToObj(slot -> new ArrayList<>()).toList();

  private long turn;

  /** At the next tick, whatever was planned. */
  void soon(Vigil vigil) {
    in(1, vigil);
  }

  /**
   * In so many ticks, unless it is to be looked at earlier already.
   *
   * @param ticks more than there are on the wheel count as all of them
   */
  void in(long ticks, Vigil vigil) {
    long wanted = turn + Math.max(1, Math.min(SLOTS - 1, ticks));
    RoundsNote note = vigil.note;
    if (note.turn == NONE || (note.turn != OVER && wanted < note.turn)) {
      note.turn = wanted;
      slot(wanted).add(vigil);
    }
  }

  /** Never. */
  void strike(Vigil vigil) {
    vigil.note.turn = OVER;
  }

  /** Begins a tick: takes those whose turn it is, in the order in which they were entered. */
  List<Vigil> next() {
    turn++;
    List<Vigil> slot = slot(turn);
    List<Vigil> due = new ArrayList<>(slot.size());
    for (Vigil vigil : slot) {
      if (vigil.note.turn == turn) {
        vigil.note.turn = NONE;
        due.add(vigil);
      }
    }
    slot.clear();
    return due;
  }

  private List<Vigil> slot(long at) {
    return slots.get((int) (at % SLOTS));
  }
}

package dev.rollcall.proxy.health;

import java.util.List;
import java.util.function.Consumer;

/**
 * Whom a tick looks at: those with whom something goes on, and the others in turn, since they have
 * nothing that couldn't wait a tenth of a second, or in a large roll a fifth. Control thread.
 */
final class Rounds {

  /** More than this are a large roll, in which even the busy are looked at in every other tick. */
  private static final int MANY = 500;

  /** In how many ticks each of few, and of many, gets its turn. */
  private static final int TURNS_OF_FEW = 4;

  private static final int TURNS_OF_MANY = 8;

  private int turns = 1;
  private int turn;

  /** Begins a tick; true when everyone has had a turn. */
  boolean next(int vigils) {
    turns = vigils > MANY ? TURNS_OF_MANY : TURNS_OF_FEW;
    turn = (turn + 1) % turns;
    return turn == 0;
  }

  void look(List<Vigil> all, Consumer<Vigil> tick) {
    for (int i = 0; i < all.size(); i++) {
      Vigil vigil = all.get(i);
      boolean everyTick = turns == TURNS_OF_FEW || (i + turn) % 2 == 0;
      if (i % turns == turn || (everyTick && vigil.isBusy())) {
        tick.accept(vigil);
      }
    }
  }
}

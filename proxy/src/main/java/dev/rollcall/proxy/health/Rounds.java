package dev.rollcall.proxy.health;

import java.util.List;
import java.util.function.Consumer;

/**
 * Whom a tick looks at. In a small roll everyone. In a large one those with whom something goes on
 * in every other tick, and the others in turn: they have nothing that couldn't wait a fifth of a
 * second. Control thread.
 */
final class Rounds {

  /** More than this are a large roll. */
  private static final int MANY = 500;

  /** In how many ticks each of many gets its turn. */
  private static final int TURNS = 8;

  private int turn;

  /** Begins a tick; true when everyone has had a turn. */
  boolean next(int vigils) {
    turn = vigils > MANY ? (turn + 1) % TURNS : 0;
    return turn == 0;
  }

  void look(List<Vigil> all, Consumer<Vigil> tick) {
    int turns = all.size() > MANY ? TURNS : 1;
    for (int i = 0; i < all.size(); i++) {
      Vigil vigil = all.get(i);
      if (i % turns == turn || ((i + turn) % 2 == 0 && vigil.isBusy())) {
        tick.accept(vigil);
      }
    }
  }
}

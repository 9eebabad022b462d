package dev.rollcall.proxy.rehearsal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How fast a rehearsal plays: as fast as it can while no client is served, hardly at all while some
 * are, since these teach the JVM better than any rehearsal, and not at all while the proxy has more
 * urgent things to do. One thread.
 */
final class Pace {

  /** So many ticks without an answer mean that no client is served. */
  static final int CALM = 15;

  private final LongSupplier served;
  private final BooleanSupplier free;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private long servedBefore;
  private boolean overture = true;
  private int calm = CALM;
  private long played;

  /**
   * @param served requests of clients since the start
   * @param free false while the proxy has more urgent things to do than to rehearse
   */
  Pace(LongSupplier served, BooleanSupplier free) {
    this.served = served;
    this.free = free;
    this.servedBefore = served.getAsLong();
  }

  /** Who wants to play its next line gets its cue: now, or when it is its turn. */
  void cue(Runnable player) {
    if (isAlone()) {
      player.run();
    } else {
      waiting.add(player);
    }
  }

  /** One line has been played to its end. */
  void played() {
    played++;
  }

  /** How many lines have been played. */
  long lines() {
    return played;
  }

  /**
   * The overture is over. Plays no more until the proxy is free, and has served no client for a
   * while.
   */
  void rest() {
    overture = false;
    calm = 0;
  }

  /** To be called every few milliseconds: looks for clients, and lets one wait no longer. */
  void tick() {
    long now = served.getAsLong();
    boolean busy = !free.getAsBoolean();
    boolean quiet = now == servedBefore && !busy;
    calm = overture || quiet ? Math.min(calm + 1, CALM) : 0;
    servedBefore = now;
    // Code that isn't compiled yet makes even one line a tick a tenth of a core.
    int turns = isAlone() ? waiting.size() : busy ? 0 : Math.min(1, waiting.size());
    for (int i = 0; i < turns; i++) {
      waiting.remove().run();
    }
  }

  private boolean isAlone() {
    return calm == CALM;
  }
}

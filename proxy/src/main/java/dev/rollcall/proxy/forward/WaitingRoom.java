package dev.rollcall.proxy.forward;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where requests of one service wait, first come first served: while every instance has as much as
 * it may have, and, for a moment, while nobody is there who was there just now. So a service of one
 * instance can be restarted, and all of several killed or frozen, and clients wait instead of being
 * told. One for each traffic loop and service; loop only.
 */
final class WaitingRoom {

  /**
   * As long as word may take: of whoever has just failed a request to the roll, or of a change of
   * the roll to this loop.
   */
  private static final long WORD_NANOS = Duration.ofMillis(150).toNanos();

  private record Waiting(Waiter waiter, long since) {}

  private final Supplier<Admission> admission;
  private final Deque<Waiting> queue = new ArrayDeque<>();

  /** Who waits for word of one upstream, which says nothing of the others here. */
  private final Deque<Waiting> doubters = new ArrayDeque<>();

  private @Nullable Long lost;

  /**
   * @param admission at present
   */
  WaitingRoom(Supplier<Admission> admission) {
    this.admission = admission;
  }

  /** The last of those who took requests does so no more. */
  void lost(long now) {
    lost = now;
  }

  /** Somebody is there. */
  void found() {
    lost = null;
  }

  /** False: the room is full, or there is nothing to wait for. */
  boolean enter(Waiter waiter, long now) {
    Admission limits = admission.get();
    Deque<Waiting> line = waiter.lacks() == Lack.WORD ? doubters : queue;
    int most = waiter.lacks() == Lack.ROOM ? limits.queue() : limits.held();
    if (line.size() >= most || isLate(waiter, now, now)) {
      return false;
    }
    line.addLast(new Waiting(waiter, now));
    return true;
  }

  /**
   * As {@link #callIn}, and looks at everybody who waits for word: with a thousand of them that is
   * too much for each answer.
   */
  int tick(long now, int most) {
    return callIn(now, most, doubters.size());
  }

  /**
   * Lets in those who find an instance, and turns away who has waited too long.
   *
   * @param most let in of those for whom nobody was there: who has just come back isn't run over
   * @return how many wait no longer
   */
  int callIn(long now, int most) {
    return callIn(now, most, most);
  }

  private int callIn(long now, int most, int looks) {
    int gone = 0;
    int left = most;
    Waiting first;
    for (int i = 0; i < looks && left > 0 && (first = doubters.pollFirst()) != null; i++) {
      Waiter waiter = first.waiter();
      boolean goesOn = waiter.isWaiting() && waiter.tryAgain();
      left -= goesOn ? 1 : 0;
      gone += goesOn || !staysInDoubt(first, now) ? 1 : 0;
    }
    while (left > 0 && (first = queue.peekFirst()) != null) {
      Waiter waiter = first.waiter();
      boolean lackedRoom = waiter.lacks() == Lack.ROOM;
      if (!waiter.isWaiting()) {
        queue.pollFirst();
      } else if (waiter.tryAgain()) {
        // Tried at once, it may have failed at once, and wait again at the end.
        queue.pollFirst();
        left -= lackedRoom ? 0 : 1;
      } else if (isLate(waiter, first.since(), now)) {
        queue.pollFirst();
        waiter.turnAway();
      } else {
        break;
      }
      gone++;
    }
    return gone;
  }

  /** One that cannot go: goes back, or, where word has come, to those who wait for anybody. */
  private boolean staysInDoubt(Waiting doubter, long now) {
    Waiter waiter = doubter.waiter();
    if (!waiter.isWaiting()) {
      return false;
    }
    boolean doubts = waiter.lacks() == Lack.WORD;
    if (doubts && !isLate(waiter, doubter.since(), now)) {
      doubters.addLast(doubter);
      return true;
    }
    if (!doubts && enter(waiter, now)) {
      return true;
    }
    waiter.turnAway();
    return false;
  }

  private boolean isLate(Waiter waiter, long since, long now) {
    if (waiter.lacks() == Lack.ROOM) {
      return now - since > admission.get().patience().toNanos();
    }
    if (now - waiter.missesSince(now) > Math.max(hold(), WORD_NANOS)) {
      // Let in by one who comes and goes, it may wait again, but no longer in all.
      return true;
    }
    if (waiter.lacks() == Lack.WORD) {
      return now - since > WORD_NANOS;
    }
    boolean dueWord = lost == null || waiter.hasFailed();
    return !isMissed(now) && (!dueWord || now - since > WORD_NANOS);
  }

  /** Whoever was lost may still come back in time. */
  private boolean isMissed(long now) {
    return lost != null && now - lost <= hold();
  }

  private long hold() {
    return admission.get().hold().toNanos();
  }

  boolean isEmpty() {
    return queue.isEmpty() && doubters.isEmpty();
  }
}

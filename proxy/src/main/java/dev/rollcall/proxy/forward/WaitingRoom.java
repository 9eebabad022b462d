package dev.rollcall.proxy.forward;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Where requests of one service wait, first come first served, while every instance has as much as
 * it may have. One for each traffic loop and service; loop only.
 */
final class WaitingRoom {

  private record Waiting(Forwarding forwarding, long since) {}

  private final Supplier<Admission> admission;
  private final Deque<Waiting> queue = new ArrayDeque<>();

  /**
   * @param admission at present
   */
  WaitingRoom(Supplier<Admission> admission) {
    this.admission = admission;
  }

  /** False: the room is full. */
  boolean enter(Forwarding forwarding) {
    if (queue.size() >= admission.get().queue()) {
      return false;
    }
    queue.addLast(new Waiting(forwarding, System.nanoTime()));
    return true;
  }

  /** Lets in as many as find an instance, and turns away who has waited too long. */
  void callIn(long now) {
    long patience = admission.get().patience().toNanos();
    Waiting first;
    while ((first = queue.peekFirst()) != null) {
      boolean late = now - first.since() > patience;
      if (!first.forwarding().isWaiting() || first.forwarding().tryAgain()) {
        queue.pollFirst();
      } else if (late) {
        queue.pollFirst();
        first.forwarding().turnAway();
      } else {
        return;
      }
    }
  }
}

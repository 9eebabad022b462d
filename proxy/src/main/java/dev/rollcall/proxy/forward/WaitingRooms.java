package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The waiting rooms of one traffic loop, one for each service that needs it; loop only. */
final class WaitingRooms {

  /** Let in at each tick of those whom nobody could serve: some hundreds a second. */
  private static final int A_TICK = 16;

  /** For each answer, as TCP's slow start lets out two segments for each that was acknowledged. */
  private static final int AN_ANSWER = 2;

  private final Function<String, Admission> admission;
  private final Map<String, WaitingRoom> rooms = new HashMap<>();
  private int waiting;

  /**
   * @param admission of a service, at present
   */
  WaitingRooms(Function<String, Admission> admission) {
    this.admission = admission;
  }

  /** False: it need not wait, see {@link WaitingRoom#enter}. */
  boolean enter(String service, Forwarding forwarding) {
    boolean entered = room(service).enter(forwarding, System.nanoTime());
    if (entered) {
      waiting++;
    }
    return entered;
  }

  boolean areEmpty() {
    return waiting == 0;
  }

  /** Remembers when a service lost somebody who took requests. */
  void heed(Transition transition) {
    boolean tookRequests = takesRequests(transition.from());
    if (tookRequests && !takesRequests(transition.to())) {
      room(transition.upstream().instance().service()).lost(System.nanoTime());
    }
  }

  private static boolean takesRequests(Availability availability) {
    return availability == Availability.UP || availability == Availability.SUSPECT;
  }

  /** Lets in and turns away; to be called every now and then. */
  void tick(long now) {
    callIn(now, A_TICK);
    rooms.values().removeIf(room -> room.isIdle(now));
  }

  /** Lets in after an answer has ended. */
  void answered() {
    callIn(System.nanoTime(), AN_ANSWER);
  }

  private void callIn(long now, int most) {
    if (waiting > 0) {
      // Where one has ended, the next on its connection begins, and may need a room of its own.
      for (WaitingRoom room : List.copyOf(rooms.values())) {
        waiting -= room.callIn(now, most);
      }
    }
  }

  private WaitingRoom room(String service) {
    return rooms.computeIfAbsent(service, s -> new WaitingRoom(() -> admission.apply(s)));
  }
}

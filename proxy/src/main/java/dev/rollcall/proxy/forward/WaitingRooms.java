package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The waiting rooms of one traffic loop, one for each service that needs it; loop only. */
final class WaitingRooms {

  /** Let in at each tick of those whom nobody could serve: some hundreds a second. */
  private static final int A_TICK = 16;

  /** For each answer, as TCP's slow start lets out two segments for each that was acknowledged. */
  private static final int AN_ANSWER = 2;

  /** Services that have lost everybody, and are remembered for it. */
  private static final int MOST = 1000;

  private final ForwardContext context;
  private final Map<String, WaitingRoom> rooms = new HashMap<>();
  private int waiting;

  WaitingRooms(ForwardContext context) {
    this.context = context;
  }

  /** False: it need not wait, see {@link WaitingRoom#enter}. */
  boolean enter(String service, Waiter waiter) {
    boolean entered = room(service).enter(waiter, System.nanoTime());
    if (entered) {
      waiting++;
    }
    return entered;
  }

  boolean areEmpty() {
    return waiting == 0;
  }

  /** Remembers when a service lost the last that took its requests. */
  void heed(Transition transition) {
    String service = transition.upstream().instance().service();
    ServiceRoll now = context.roll().snapshot().service(service);
    if (now == null || now.takers() == 0) {
      if (tookRequests(transition.from())) {
        room(service).lost(System.nanoTime());
      }
      return;
    }
    WaitingRoom room = rooms.get(service);
    if (room != null) {
      room.found();
    }
  }

  private static boolean tookRequests(Availability before) {
    return before == Availability.UP || before == Availability.SUSPECT;
  }

  /** Lets in and turns away; to be called every now and then. */
  void tick(long now) {
    callIn(room -> room.tick(now, A_TICK));
    if (rooms.size() > MOST) {
      rooms.values().removeIf(WaitingRoom::isEmpty);
    }
  }

  /** Lets in after an answer has ended. */
  void answered() {
    if (waiting > 0) {
      long now = System.nanoTime();
      callIn(room -> room.callIn(now, AN_ANSWER));
    }
  }

  private void callIn(ToIntFunction<WaitingRoom> call) {
    if (waiting > 0) {
      // Where one has ended, the next on its connection begins, and may need a room of its own.
      for (WaitingRoom room : List.copyOf(rooms.values())) {
        // Not in one step: meanwhile others enter.
        int gone = call.applyAsInt(room);
        waiting -= gone;
      }
    }
  }

  private WaitingRoom room(String service) {
    return rooms.computeIfAbsent(service, this::made);
  }

  private WaitingRoom made(String service) {
    WaitingRoom made = new WaitingRoom(() -> context.options().admission(service));
    if (context.arrival().isUnderWay()) {
      // Its instances may be there, and only not heard yet.
      made.lost(System.nanoTime());
    }
    return made;
  }
}

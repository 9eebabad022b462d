package dev.rollcall.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

  private static final long MILLI = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration HOLD = Duration.ofSeconds(3);

  private final List<String> told = new ArrayList<>();
  private final AtomicBoolean isThere = new AtomicBoolean();
  private final WaitingRoom room = room(HOLD);

  private static WaitingRoom room(Duration hold) {
    Admission limits = new Admission(Integer.MAX_VALUE, 10, 1, 2, PATIENCE, 3, hold);
    return new WaitingRoom(() -> limits);
  }

  private Guest missing(String name) {
    return new Guest(name, Lack.INSTANCE, isThere::get, told);
  }

  private Guest crowded(String name) {
    return new Guest(name, Lack.ROOM, isThere::get, told);
  }

  @Test
  void waitsOnlyForWordWhereNobodyWasLost() {
    assertThat(room.enter(missing("a"), 0)).isTrue();
    room.callIn(151 * MILLI, 10);
    assertThat(told).containsExactly("a away");
  }

  @Test
  void waitsForWhoWasThereJustNow() {
    room.lost(0);
    assertThat(room.enter(missing("a"), 10 * MILLI)).isTrue();
    room.callIn(2999 * MILLI, 10);
    assertThat(told).isEmpty();
    isThere.set(true);
    assertThat(room.callIn(2999 * MILLI, 10)).isEqualTo(1);
    assertThat(told).containsExactly("a in");
    assertThat(room.isEmpty()).isTrue();
  }

  @Test
  void turnsAwayWhenTheHoldEnds() {
    room.lost(0);
    room.enter(missing("a"), 10 * MILLI);
    room.callIn(3001 * MILLI, 10);
    assertThat(told).containsExactly("a away");
    assertThat(room.enter(missing("b"), 3002 * MILLI)).isFalse();
  }

  @Test
  void whoIsLetInByOneThatComesAndGoesWaitsNoLongerInAll() {
    Guest request = missing("a");
    room.lost(0);
    room.enter(request, 0);
    room.found();
    isThere.set(true);
    room.callIn(2000 * MILLI, 10);
    request.failed = true;
    isThere.set(false);
    room.lost(2001 * MILLI);
    assertThat(room.enter(request, 2001 * MILLI)).isTrue();
    room.callIn(2999 * MILLI, 10);
    assertThat(told).containsExactly("a in");
    room.callIn(3001 * MILLI, 10);
    assertThat(told).containsExactly("a in", "a away");
  }

  @Test
  void whoHasJustFailedWaitsForWordEvenWithoutHold() {
    WaitingRoom without = room(Duration.ZERO);
    Guest request = missing("a");
    request.failed = true;
    without.lost(0);
    assertThat(without.enter(request, MILLI)).isTrue();
    without.callIn(100 * MILLI, 10);
    assertThat(told).isEmpty();
    without.callIn(152 * MILLI, 10);
    assertThat(told).containsExactly("a away");
  }

  @Test
  void aCrowdWaitsForRoomAsLongAsItHasPatience() {
    assertThat(room.enter(crowded("a"), 0)).isTrue();
    assertThat(room.enter(crowded("b"), 500 * MILLI)).isTrue();
    assertThat(room.enter(crowded("c"), 500 * MILLI)).as("a queue of two").isFalse();
    room.callIn(1001 * MILLI, 10);
    assertThat(told).containsExactly("a away");
  }

  @Test
  void isFullForThoseWhoMissSomebodyToo() {
    room.lost(0);
    for (String name : List.of("a", "b", "c")) {
      assertThat(room.enter(missing(name), MILLI)).isTrue();
    }
    assertThat(room.enter(missing("d"), MILLI)).isFalse();
  }

  @Test
  void whoHasJustComeBackIsNotRunOver() {
    room.lost(0);
    for (String name : List.of("a", "b", "c")) {
      room.enter(missing(name), MILLI);
    }
    isThere.set(true);
    room.callIn(2 * MILLI, 2);
    assertThat(told).containsExactly("a in", "b in");
    room.callIn(3 * MILLI, 2);
    assertThat(told).containsExactly("a in", "b in", "c in");
  }

  @Test
  void whoHasLeftIsForgotten() {
    Guest gone = missing("a");
    room.lost(0);
    room.enter(gone, MILLI);
    gone.waits = false;
    assertThat(room.callIn(2 * MILLI, 10)).isEqualTo(1);
    assertThat(told).isEmpty();
  }
}

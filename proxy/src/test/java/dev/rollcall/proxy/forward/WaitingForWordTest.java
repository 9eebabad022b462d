package dev.rollcall.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Those who were lost with an upstream that may be dead, and those who wait for room or anybody.
 */
class WaitingForWordTest {

  private static final long MILLI = 1_000_000;

  private static final Admission LIMITS =
      new Admission(Integer.MAX_VALUE, 10, 1, 2, Duration.ofSeconds(1), 3, Duration.ofSeconds(3));

  private final List<String> told = new ArrayList<>();
  private final WaitingRoom room = new WaitingRoom(() -> LIMITS);

  private Guest missing(String name) {
    return new Guest(name, Lack.INSTANCE, () -> false, told);
  }

  private Guest crowded(String name) {
    return new Guest(name, Lack.ROOM, () -> false, told);
  }

  private Guest doubter(String name) {
    Guest guest = new Guest(name, Lack.WORD, () -> false, told);
    guest.failed = true;
    return guest;
  }

  @Test
  void whoWaitsForWordHoldsUpNobody() {
    Guest other = crowded("b");
    room.enter(doubter("a"), 0);
    room.enter(other, 0);
    other.goes = true;
    assertThat(room.callIn(MILLI, 10)).isEqualTo(1);
    assertThat(told).containsExactly("b in");
    assertThat(room.isEmpty()).isFalse();
  }

  @Test
  void whoWaitsForWordIsHeldUpByNobody() {
    Guest freed = doubter("b");
    room.enter(crowded("a"), 0);
    room.enter(freed, 0);
    room.enter(doubter("c"), 0);
    freed.goes = true;
    room.tick(149 * MILLI, 10);
    assertThat(told).containsExactly("b in");
    room.tick(151 * MILLI, 10);
    assertThat(told).containsExactly("b in", "c away");
  }

  @Test
  void whoWaitsForWordTakesNobodysPlace() {
    for (String name : List.of("a", "b", "c")) {
      assertThat(room.enter(doubter(name), 0)).isTrue();
    }
    assertThat(room.enter(doubter("d"), 0)).as("as many as may be held").isFalse();
    assertThat(room.enter(crowded("e"), 0)).isTrue();
    assertThat(room.enter(missing("f"), 0)).isTrue();
  }

  @Test
  void whoWaitsForWordWaitsNoLongerWhereAllWereLost() {
    room.lost(0);
    room.enter(doubter("a"), MILLI);
    assertThat(room.tick(152 * MILLI, 10)).isEqualTo(1);
    assertThat(told).containsExactly("a away");
    assertThat(room.isEmpty()).isTrue();
  }

  @Test
  void whoHasHadWordWaitsForAnybody() {
    Guest bereft = doubter("a");
    room.enter(bereft, 0);
    room.lost(MILLI);
    bereft.lack = Lack.INSTANCE;
    assertThat(room.tick(2 * MILLI, 10)).isZero();
    room.tick(2000 * MILLI, 10);
    assertThat(told).isEmpty();
    bereft.goes = true;
    assertThat(room.tick(2001 * MILLI, 10)).isEqualTo(1);
    assertThat(told).containsExactly("a in");
  }

  @Test
  void anAnswerLooksAtTheNextFewWhoWaitForWord() {
    Guest third = doubter("c");
    room.enter(doubter("a"), 0);
    room.enter(doubter("b"), 0);
    room.enter(third, 0);
    third.goes = true;
    assertThat(room.callIn(MILLI, 2)).isZero();
    assertThat(room.callIn(MILLI, 2)).isEqualTo(1);
    assertThat(told).containsExactly("c in");
  }

  @Test
  void whoHasLeftInDoubtIsForgotten() {
    Guest gone = doubter("a");
    room.enter(gone, 0);
    gone.waits = false;
    assertThat(room.tick(MILLI, 10)).isEqualTo(1);
    assertThat(told).isEmpty();
    assertThat(room.isEmpty()).isTrue();
  }
}

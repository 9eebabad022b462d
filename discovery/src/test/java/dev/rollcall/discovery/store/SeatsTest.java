package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeatsTest {

  private static final Reach REACH = new Reach("10.0.0.7", "me", Set.of("m1", "m2"), List.of());

  private final AtomicLong now = new AtomicLong();
  private final Seats seats = new Seats(now::get, Pace.DEFAULT);

  @Test
  void thoseWhoseBeatRisesArePresent() {
    beat("p1", 1, "m1");
    beat("p2", 1, "m2");
    pass(4);
    beat("p1", 2, "m1");
    beat("p2", 1, "m2");
    pass(2);
    assertThat(seats.present(REACH)).containsExactly("p1");
  }

  @Test
  void thoseWhoseMemberIsGoneAreNot() {
    beat("p1", 1, "m1");
    beat("p9", 1, "m9");
    beat("p0", 1, "");
    assertThat(seats.present(REACH)).containsExactly("p0", "p1");
  }

  @Test
  void thoseThatLeftAreNot() {
    beat("p1", 1, "m1");
    seats.removed("p1");
    assertThat(seats.present(REACH)).isEmpty();
  }

  @Test
  void whatCantBeReadIsNobody() {
    beat("p1", 1, "m1");
    seats.written("p1", "garbage");
    seats.written("p2", "{\"address\":\"10.0.0.1\"}");
    assertThat(seats.present(REACH)).isEmpty();
  }

  @Test
  void aReadDropsThoseItDoesNotListUnlessTheyCameSince() {
    beat("p1", 1, "m1");
    pass(1);
    long began = now.get();
    beat("p2", 1, "m2");
    seats.read(Map.of("p3", Seats.json("10.0.0.3", "1", 1, "m1")), began);
    assertThat(seats.present(REACH)).containsExactly("p2", "p3");
  }

  @Test
  void afterASleepThoseThatAreListedHaveTimeForOneMoreBeat() {
    beat("p1", 1, "m1");
    beat("p2", 1, "m1");
    pass(60);
    Map<String, String> listed =
        Map.of(
            "p1", Seats.json("10.0.0.1", "1", 1, "m1"), "p2", Seats.json("10.0.0.1", "1", 1, "m1"));
    seats.read(listed, now.get());
    assertThat(seats.present(REACH)).containsExactly("p1", "p2");
    pass(2);
    beat("p2", 2, "m1");
    pass(1);
    assertThat(seats.present(REACH)).containsExactly("p2");
  }

  private void beat(String proxy, long beat, String member) {
    seats.written(proxy, Seats.json("10.0.0.1", "1", beat, member));
  }

  private void pass(int seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}

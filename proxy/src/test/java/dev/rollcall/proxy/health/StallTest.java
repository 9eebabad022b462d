package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.EJECTED;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults under load, in a world whose clock we own. */
class StallTest {

  private static final String[] FOUR = {"a", "b", "c", "d"};

  private final World world = new World();

  @BeforeEach
  void fourInstances() {
    for (String id : FOUR) {
      world.register(id);
    }
    world.pass(Duration.ofSeconds(1));
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void oneOfFourPausedUnderLoadCostsNobodyASecond() {
    Load load = Load.of(world, 100, ms(5));
    world.pass(Duration.ofSeconds(10));
    load.forget();

    world.freeze("a");
    world.pass(Duration.ofSeconds(5));

    assertThat(world.of("a")).isEqualTo(DOWN);
    assertThat(load.failed()).isZero();
    assertThat(load.worst()).isBetween(ms(500), ms(850));
    assertThat(world.upstream("a").standing().reason())
        .matches("requests unanswered for 0\\.\\d s, probe timed out after 500 ms");
  }

  @Test
  void aPauseSoonAfterAHiccupOfTheSameInstanceCostsNobodyASecondEither() {
    Load load = Load.of(world, 100, ms(5));
    world.pass(Duration.ofSeconds(10));
    world.actors.get("a").stuck = true;
    world.pass(ms(700));
    world.actors.get("a").stuck = false;
    world.pass(Duration.ofSeconds(3));
    load.forget();

    world.freeze("a");
    world.pass(Duration.ofSeconds(5));

    assertThat(world.of("a")).isEqualTo(DOWN);
    assertThat(load.failed()).isZero();
    assertThat(load.worst()).isLessThan(ms(1000));
  }

  @Test
  void whoIsThawedIsBackInTwoSeconds() {
    Load load = Load.of(world, 100, ms(5));
    world.pass(Duration.ofSeconds(10));
    world.freeze("a");
    world.pass(Duration.ofSeconds(20));

    world.revive("a");
    world.pass(ms(1200));

    assertThat(world.of("a")).isEqualTo(UP);
    assertThat(load.failed()).isZero();
  }

  @Test
  void oneOfFourKilledUnderLoadIsOutAtOnce() {
    Load load = Load.of(world, 100, ms(5));
    world.pass(Duration.ofSeconds(10));
    load.forget();

    world.kill("a");
    world.pass(ms(200));

    assertThat(world.of("a")).isEqualTo(DOWN);
    assertThat(load.failed()).isZero();
    assertThat(load.worst()).isLessThan(ms(100));
  }

  @Test
  void halfPausedAtOnceIsHalfDown() {
    Load load = Load.of(world, 100, ms(5));
    world.pass(Duration.ofSeconds(10));
    load.forget();

    world.freeze("a");
    world.freeze("b");
    world.pass(Duration.ofSeconds(3));

    assertThat(world.candidates()).containsExactly("c", "d");
    assertThat(load.failed()).isZero();
    assertThat(load.worst()).isLessThan(ms(1300));
  }

  @Test
  void aPauseWithLittleTrafficIsFoundToo() {
    Load load = Load.of(world, 2, ms(5));
    world.pass(Duration.ofSeconds(10));
    load.forget();

    world.freeze("a");
    world.pass(Duration.ofSeconds(10));

    assertThat(world.of("a")).isEqualTo(DOWN);
    assertThat(load.failed()).isZero();
    assertThat(load.worst()).isLessThan(ms(1300));
  }

  @Test
  void aSlowEndpointAmongFastOnesAccusesNobody() {
    new Load(world, 100, number -> number % 20 == 0 ? ms(3000).toNanos() : ms(5).toNanos());

    world.pass(Duration.ofMinutes(2));

    for (String id : FOUR) {
      assertThat(world.flipsOf(id)).as(id).containsExactly("joining>up");
    }
  }

  @Test
  void aServiceThatIsSlowInAllItDoesIsLearntInAFewProbes() {
    new Load(world, 2, number -> ms(2000 + (number * 37) % 500).toNanos());

    world.pass(Duration.ofSeconds(30));
    int flips = world.flips.size();
    world.pass(Duration.ofMinutes(3));

    assertThat(flips).as("8 to come up, a few to learn").isLessThan(8 + 4 * 8);
    assertThat(world.flips.size() - flips).as("flips once learnt").isLessThanOrEqualTo(2);
    for (String id : FOUR) {
      assertThat(world.of(id)).isEqualTo(UP);
    }
  }

  @Test
  void whenWhatAllDependOnIsSlowNobodyIsSuspected() {
    long[] takes = {ms(5).toNanos()};
    new Load(world, 100, number -> takes[0]);
    world.pass(Duration.ofSeconds(10));

    takes[0] = ms(4000).toNanos();
    world.pass(Duration.ofSeconds(60));

    for (String id : FOUR) {
      assertThat(world.of(id)).isEqualTo(UP);
      assertThat(world.flipsOf(id)).as(id).doesNotContain("up>down", "suspect>down");
    }
  }

  @Test
  void aPauseOfThisProcessAccusesNobody() {
    Load load = Load.of(world, 100, ms(5));
    world.pass(Duration.ofSeconds(10));

    world.standStill(Duration.ofSeconds(10));
    world.pass(Duration.ofSeconds(10));

    for (String id : FOUR) {
      assertThat(world.flipsOf(id)).as(id).containsExactly("joining>up");
    }
    assertThat(load.failed()).isZero();
  }

  @Test
  void whoAnswersProbesButNoRequestIsEjected() {
    Load load = Load.of(world, 100, ms(5));
    world.pass(Duration.ofSeconds(10));

    world.actors.get("a").stuck = true;
    world.pass(Duration.ofSeconds(4));

    assertThat(world.of("a")).isEqualTo(EJECTED);
    assertThat(world.upstream("a").standing().reason()).contains("while neighbours answer");
    world.actors.get("a").stuck = false;
    world.pass(Duration.ofSeconds(10));
    assertThat(world.of("a")).isEqualTo(UP);
    assertThat(load.failed()).isZero();
  }
}

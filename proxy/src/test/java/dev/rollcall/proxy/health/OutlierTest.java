package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.EJECTED;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who fails far more than its neighbours, under load. */
class OutlierTest {

  private static final String[] FOUR = {"a", "b", "c", "d"};

  private final World world = new World();
  private final Load load = Load.of(world, 100, Duration.ofMillis(5));

  @BeforeEach
  void fourInstances() {
    for (String id : FOUR) {
      world.register(id);
    }
    world.pass(Duration.ofSeconds(15));
    load.forget();
    world.flips.clear();
  }

  private void fails(String id) {
    world.actors.get(id).status = number -> 500;
  }

  private void heals(String id) {
    world.actors.get(id).status = number -> 200;
  }

  @Test
  void fiveFailuresInARowEjectIt() {
    fails("a");

    world.pass(Duration.ofMillis(400));

    assertThat(world.of("a")).isEqualTo(EJECTED);
    assertThat(world.upstream("a").standing().reason())
        .matches("[56] failures in a row, out for 5.0 s");
    assertThat(world.candidates()).containsExactly("b", "c", "d");
  }

  @Test
  void itGetsNoRequestUntilItsTimeIsOverAndThenExactlyOne() {
    fails("a");
    world.pass(Duration.ofMillis(500));
    load.forget();

    world.pass(Duration.ofSeconds(4));
    assertThat(load.answeredBy("a")).isZero();

    world.pass(Duration.ofSeconds(2));
    assertThat(load.answeredBy("a")).as("one trial, which failed").isEqualTo(1);
    assertThat(world.of("a")).isEqualTo(EJECTED);
  }

  @Test
  void aGoodTrialBringsItBack() {
    fails("a");
    world.pass(Duration.ofMillis(500));
    heals("a");

    world.pass(Duration.ofSeconds(6));

    assertThat(world.of("a")).isEqualTo(UP);
    assertThat(world.upstream("a").standing().reason()).isEqualTo("a trial request went well");
  }

  @Test
  void whereNoRequestIsFitForATrialItComesBackUntried() {
    load.unfit = true;
    fails("a");
    world.pass(Duration.ofMillis(500));
    heals("a");

    world.pass(Duration.ofSeconds(9));
    assertThat(world.of("a")).isEqualTo(EJECTED);
    world.pass(Duration.ofSeconds(2));
    assertThat(world.of("a")).isEqualTo(UP);
  }

  @Test
  void badTrialsComeEverMoreRarely() {
    fails("a");
    world.pass(Duration.ofMillis(500));
    load.forget();

    world.pass(Duration.ofSeconds(60));

    assertThat(load.answeredBy("a")).as("after 5, 15, 35 s").isEqualTo(3);
  }

  @Test
  void neverMoreThanHalfOfAServiceIsEjected() {
    fails("a");
    world.pass(Duration.ofMillis(500));
    fails("b");
    world.pass(Duration.ofMillis(500));
    fails("c");
    world.pass(Duration.ofSeconds(2));

    assertThat(world.of("a")).isEqualTo(EJECTED);
    assertThat(world.of("b")).isEqualTo(EJECTED);
    assertThat(world.of("c")).isEqualTo(UP);
  }

  @Test
  void aServiceThatFailsAsAWholeEjectsNobody() {
    for (String id : FOUR) {
      fails(id);
    }

    world.pass(Duration.ofSeconds(30));

    assertThat(world.candidates()).containsExactly(FOUR);
  }

  @Test
  void aFifthOfFailuresEverywhereEjectsNobody() {
    Random random = new Random(7);
    for (String id : FOUR) {
      world.actors.get(id).status = number -> random.nextInt(5) == 0 ? 503 : 200;
    }

    world.pass(Duration.ofMinutes(10));

    assertThat(world.flips).isEmpty();
  }

  @Test
  void halfOfItsExchangesFailingEjectsIt() {
    world.actors.get("a").status = number -> number % 8 < 4 ? 500 : 200;

    world.pass(Duration.ofSeconds(12));

    assertThat(world.flipsOf("a")).startsWith("up>ejected");
  }

  @Test
  void theOnlyOneIsNeverEjected() {
    World lonely = new World();
    lonely.register("a");
    Load.of(lonely, 100, Duration.ofMillis(5));
    lonely.actors.get("a").status = number -> 500;

    lonely.pass(Duration.ofSeconds(30));

    assertThat(lonely.of("a")).isEqualTo(UP);
  }

  @Test
  void aServiceMayForbidEjection() {
    World lenient = new World();
    lenient.options = new HealthDraft().ejectAfter(0).made();
    for (String id : FOUR) {
      lenient.register(id);
    }
    Load.of(lenient, 100, Duration.ofMillis(5));
    lenient.actors.get("a").status = number -> 500;

    lenient.pass(Duration.ofSeconds(30));

    assertThat(lenient.of("a")).isEqualTo(UP);
  }
}

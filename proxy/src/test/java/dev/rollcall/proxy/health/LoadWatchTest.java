package dev.rollcall.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Candidates;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadWatchTest {

  private static final Duration WHILE = Duration.ofSeconds(15);

  private final World world = new World();

  @BeforeEach
  void register() {
    world.options = new HealthDraft().weighByLoad(true).made();
    world.register("a");
    world.register("b");
    world.pass(Duration.ofMillis(100));
  }

  /** Of b, where a has 1. */
  private double share() {
    Candidates candidates = world.roll.snapshot().service("hello").candidates();
    return (double) candidates.weights()[1] / candidates.weights()[0];
  }

  @Test
  void whoIsBusierByItsHeartbeatsGetsLess() {
    world.actors.get("a").load = 0.2;
    world.actors.get("b").load = 0.6;
    world.pass(WHILE);

    assertThat(share()).isBetween(0.45, 0.6);
  }

  @Test
  void butNeverLessThanAQuarter() {
    world.actors.get("b").load = 1;
    world.pass(WHILE);

    assertThat(share()).isEqualTo(0.25);
  }

  @Test
  void requestsInFlightCountTooUnlessTheyAreFew() {
    world.actors.get("a").inFlight = 10;
    world.actors.get("b").inFlight = 30;
    world.pass(WHILE);
    assertThat(share()).isEqualTo(0.5);

    world.actors.get("a").inFlight = 0;
    world.actors.get("b").inFlight = 1;
    world.pass(WHILE);
    assertThat(share()).isEqualTo(1);
  }

  @Test
  void whoCalmsDownGetsItsShareAgain() {
    world.actors.get("b").load = 1;
    world.pass(WHILE);
    world.actors.get("b").load = 0.1;
    world.pass(WHILE.multipliedBy(2));

    assertThat(share()).isEqualTo(1);
  }

  @Test
  void nothingChangesWhereItIsOffOrTurnedOff() {
    world.actors.get("b").load = 1;
    world.pass(WHILE);
    world.options = new HealthDraft().weighByLoad(false).made();
    world.pass(Duration.ofSeconds(2));
    assertThat(share()).isEqualTo(1);

    world.pass(WHILE);
    assertThat(share()).isEqualTo(1);
  }
}

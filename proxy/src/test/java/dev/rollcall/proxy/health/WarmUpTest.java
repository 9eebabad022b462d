package dev.rollcall.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static int[] weights(World world) {
    return world.roll.snapshot().service("hello").candidates().weights();
  }

  @Test
  void whoComesUpGrowsIntoItsShare() {
    World world = new World();
    world.register("a");
    world.pass(Duration.ofSeconds(1));
    world.options = new HealthDraft().slowStart(Duration.ofSeconds(10)).made();

    world.register("b");
    world.pass(Duration.ofMillis(100));
    assertThat(weights(world)).containsExactly(100, 10);
    world.pass(Duration.ofSeconds(5));
    assertThat(weights(world)).containsExactly(100, 60);
    world.pass(Duration.ofSeconds(5));
    assertThat(weights(world)).containsExactly(1, 1);
  }

  @Test
  void withoutSlowStartItHasItsShareAtOnce() {
    World world = new World();
    world.register("a");
    world.register("b");
    world.pass(Duration.ofMillis(100));
    assertThat(weights(world)).containsExactly(1, 1);
  }

  @Test
  void whoStandsAloneTakesEverythingWhileItWarms() {
    World world = new World();
    world.options = new HealthDraft().slowStart(Duration.ofSeconds(10)).made();
    world.register("a");
    world.pass(Duration.ofMillis(100));
    assertThat(world.candidates()).containsExactly("a");
  }
}

package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.EJECTED;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.health.Actor.Manner;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random worlds: instances die, freeze, stall and answer badly as they like, the registry doubts
 * now and then, under load. When the world calms down, the roll is right soon and stays still.
 */
class WorldPropertyTest {

  private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");

  private static World chaos(Random random) {
    World world = new World(random);
    IDS.forEach(world::register);
    world.name("s");
    Load.of(world, 60, Duration.ofMillis(5));
    for (int second = 0; second < 90; second++) {
      String id = IDS.get(random.nextInt(IDS.size()));
      Actor actor = world.actors.get(id);
      switch (random.nextInt(8)) {
        case 0 -> world.kill(id);
        case 1 -> world.freeze(id);
        case 2 -> actor.beats = !actor.beats;
        case 3 -> actor.manner = Manner.values()[random.nextInt(Manner.values().length)];
        case 4 -> world.disconnect(id);
        case 5 -> world.registry.doubt = random.nextInt(4) == 0;
        case 6 -> actor.stuck = !actor.stuck;
        default -> world.revive(id);
      }
      if (random.nextInt(30) == 0) {
        world.standStill(Duration.ofMillis(300 + random.nextInt(3000)));
      }
      world.pass(Duration.ofMillis(500 + random.nextInt(1000)));
    }
    world.registry.doubt = false;
    return world;
  }

  private static void heal(World world) {
    for (String id : world.actors.keySet()) {
      world.actors.get(id).manner = Manner.WELL;
      world.actors.get(id).stuck = false;
    }
    IDS.forEach(world::revive);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whoIsHealthyAfterAllIsUpSoonAndStaysUp(long seed) {
    World world = chaos(new Random(seed));
    heal(world);

    // A probe under way takes 0.5 s to fail, and two that must be answered are up to 1.2 s apart.
    world.pass(Duration.ofSeconds(4));
    for (String id : IDS) {
      assertThat(world.of(id)).as(id).isIn(UP, EJECTED);
    }
    assertThat(world.candidates().size()).as("half of them at least").isGreaterThanOrEqualTo(4);
    world.pass(Duration.ofMinutes(6));
    int flips = world.flips.size();
    world.pass(Duration.ofMinutes(2));

    for (String id : IDS) {
      assertThat(world.of(id)).as(id).isEqualTo(UP);
    }
    assertThat(world.of("s")).isEqualTo(UP);
    assertThat(world.flips.size()).as("flips in calm").isEqualTo(flips);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whoIsDeadAfterAllIsDownSoonAndStaysDown(long seed) {
    World world = chaos(new Random(seed));
    heal(world);
    List<String> dead = List.of("a", "b");
    dead.forEach(world::kill);
    dead.forEach(world::disconnect);

    world.pass(Duration.ofSeconds(2));
    int[] flips = {0};
    world.roll.onTransition(
        flip ->
            flips[0] += dead.contains(flip.upstream().id()) && flip.from() != flip.to() ? 1 : 0);
    for (String id : dead) {
      assertThat(world.of(id)).as("%s, or out of sight", id).isIn(DOWN, null);
    }
    world.pass(Duration.ofSeconds(50));

    assertThat(flips[0]).isZero();
    assertThat(world.candidates()).doesNotContain("a", "b").contains("c");
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25})
  void anInstanceThatRefusesEveryOtherConnectionFlipsRarely(long seed) {
    Random random = new Random(seed);
    World world = new World(random);
    IDS.forEach(world::register);
    world.also(
        () -> world.actors.get("a").manner = random.nextBoolean() ? Manner.WELL : Manner.REFUSES);
    Load.of(world, 100, Duration.ofMillis(5));
    world.pass(Duration.ofSeconds(20));
    int flips = world.flipsOf("a").size();

    world.pass(Duration.ofMinutes(1));

    assertThat(world.flipsOf("a").size() - flips).isLessThan(30);
  }
}

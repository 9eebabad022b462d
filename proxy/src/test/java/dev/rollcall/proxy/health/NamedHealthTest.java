package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.EJECTED;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.proxy.health.Actor.Manner;
import dev.rollcall.proxy.roll.TrafficFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Upstreams of the settings: no heartbeats, so checks and traffic judge. */
class NamedHealthTest {

  private final World world = new World();

  @Test
  void checksWithoutTrafficFindWhoIsGone() {
    world.name("s");
    world.name("t");
    world.pass(Duration.ofSeconds(5));
    world.actors.get("s").manner = Manner.REFUSES;

    world.pass(Duration.ofMillis(2500));

    assertThat(world.of("s")).isEqualTo(DOWN);
    assertThat(world.candidates()).containsExactly("t");
  }

  @Test
  void itTakesTwoMissesToFallAndTwoGoodChecksToRise() {
    world.name("s");
    world.name("t");
    world.actors.get("s").manner = Manner.SILENT;
    world.pass(Duration.ofSeconds(4));
    assertThat(world.of("s")).isEqualTo(DOWN);
    int before = world.actors.get("s").probes;

    world.actors.get("s").manner = Manner.WELL;
    world.pass(Duration.ofMillis(1900));

    assertThat(world.of("s")).isEqualTo(UP);
    assertThat(world.actors.get("s").probes - before).isBetween(2, 4);
  }

  @Test
  void aBareConnectIsNotTriedWhileTrafficIsAnswered() {
    world.name("s");
    Load.of(world, 50, Duration.ofMillis(5));

    world.pass(Duration.ofSeconds(60));

    assertThat(world.actors.get("s").probes).isZero();
  }

  @Test
  void checksOfManyDontFallTogether() {
    for (int i = 0; i < 20; i++) {
      world.name("s" + i);
    }
    int[] most = {0};
    int[] last = {0};
    world.also(
        () -> {
          int now = world.actors.values().stream().mapToInt(a -> a.probes).sum();
          most[0] = Math.max(most[0], now - last[0]);
          last[0] = now;
        });

    world.pass(Duration.ofSeconds(20));

    assertThat(last[0]).isGreaterThan(150);
    assertThat(most[0]).as("in one step of 5 ms").isLessThan(8);
  }

  @Test
  void aFrozenOneWhoseKernelStillTakesConnectionsIsEjected() {
    for (String id : new String[] {"s", "t", "u"}) {
      world.name(id);
    }
    Load load = Load.of(world, 90, Duration.ofMillis(5));
    world.pass(Duration.ofSeconds(10));

    world.actors.get("s").stuck = true;
    world.pass(Duration.ofSeconds(2));

    assertThat(world.of("s")).isEqualTo(EJECTED);
    assertThat(world.flipsOf("s")).containsExactly("joining>up", "up>suspect", "suspect>ejected");
    assertThat(load.failed()).isZero();
  }

  @Test
  void theOnlyOneIsTriedAgainSoonAfterItWasRefused() {
    world.name("s");
    world.actors.get("s").manner = Manner.REFUSES;
    world.failed("s", TrafficFault.REFUSED);
    assertThat(world.candidates()).isEmpty();

    world.actors.get("s").manner = Manner.WELL;
    world.pass(Duration.ofMillis(200));

    assertThat(world.candidates()).containsExactly("s");
  }

  @Test
  void allUnreadyIsPanicAndAllAreTried() {
    for (String id : new String[] {"a", "b", "c"}) {
      world.register(World.instance(id, new ProbeTarget.Http("/ready")));
    }
    world.pass(Duration.ofSeconds(1));
    for (String id : new String[] {"a", "b"}) {
      world.actors.get(id).manner = Manner.UNREADY;
    }

    world.pass(Duration.ofSeconds(30));

    assertThat(world.of("a")).isEqualTo(DOWN);
    assertThat(world.of("b")).isEqualTo(DOWN);
    assertThat(world.candidates()).as("panic").containsExactly("a", "b", "c");
  }
}

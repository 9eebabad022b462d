package dev.rollcall.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.logging.OwnFaults;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who is looked at, tick by tick; those watched are upstreams of the settings, up at once. */
class RoundsTest {

  private static final int TICKS_A_SECOND = (int) (1000 / Health.TICK.toMillis());

  private static final ProbeResult GOOD = new ProbeResult(Witness.ANSWERED, "answered its probe");

  private final Census census = new Census();
  private final Rounds rounds = new Rounds(census, new OwnFaults());
  private final Roll roll = new Roll(RollOptions.DEFAULT, InstantSource.system());
  private final Neighbours neighbours = new Neighbours(census, 0);
  private final HealthOptions options = HealthOptions.DEFAULT;
  private final List<Vigil> looked = new ArrayList<>();
  private long now = Duration.ofHours(1).toNanos();

  private Vigil watched(String id) {
    Instance instance = World.instance(id, new ProbeTarget.Tcp());
    Upstream upstream = roll.enrol(instance);
    ProbeSchedule probes =
        new ProbeSchedule(
            upstream,
            (asked, timeout) -> Future.succeededFuture(GOOD),
            () -> options,
            false,
            () -> now,
            new Random(1));
    HeartbeatWatch beats = new HeartbeatWatch(instance, false, now);
    Vigil vigil = new Vigil(upstream, () -> options, neighbours, roll, beats, probes, () -> now);
    rounds.add(vigil, now);
    return vigil;
  }

  private List<Vigil> watched(int count) {
    List<Vigil> vigils = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vigils.add(watched("i%04d".formatted(i)));
    }
    return vigils;
  }

  private void tick(int vigils, Consumer<Vigil> also) {
    now += Health.TICK.toNanos();
    looked.clear();
    rounds.tick(
        vigils,
        now,
        vigil -> {
          looked.add(vigil);
          vigil.tick();
          also.accept(vigil);
        });
  }

  private void tick(int vigils) {
    tick(vigils, vigil -> {});
  }

  @Test
  void whoComesIsLookedAtByTheNextTick() {
    List<Vigil> vigils = watched(600);
    tick(600);
    assertThat(looked).containsExactlyElementsOf(vigils);
  }

  @Test
  void atRestEachOfManyIsLookedAtOnceASecond() {
    List<Vigil> vigils = watched(600);
    tick(600);
    int looks = 0;
    for (int i = 0; i < 3 * TICKS_A_SECOND; i++) {
      tick(600);
      looks += looked.size();
    }
    // And when it is due to be asked, which those without heartbeats are each two seconds.
    assertThat(looks).isBetween(2 * vigils.size(), 5 * vigils.size());
  }

  @Test
  void eachOfFewIsLookedAtTenTimesASecond() {
    List<Vigil> vigils = watched(10);
    tick(10);
    int looks = 0;
    for (int i = 0; i < TICKS_A_SECOND; i++) {
      tick(10);
      looks += looked.size();
    }
    assertThat(looks).isEqualTo(10 * vigils.size());
  }

  @Test
  void withWhomSomethingGoesOnIsLookedAtAllTheTime() {
    List<Vigil> vigils = watched(600);
    Vigil busy = vigils.get(300);
    busy.upstream().traffic().opened();
    tick(600);
    int looks = 0;
    for (int i = 0; i < TICKS_A_SECOND; i++) {
      tick(600);
      looks += looked.contains(busy) ? 1 : 0;
    }
    assertThat(looks).isEqualTo(TICKS_A_SECOND / 2);
  }

  @Test
  void whoIsStirredIsLookedAtByTheNextTickAndOnce() {
    List<Vigil> vigils = watched(600);
    tick(600);
    rounds.soon(vigils.get(300));
    rounds.soon(vigils.get(300));
    tick(600);
    assertThat(looked).containsExactly(vigils.get(300));
  }

  @Test
  void whoIsStruckOffIsLookedAtNoMore() {
    List<Vigil> vigils = watched(20);
    tick(20);
    rounds.remove(vigils.get(7));
    rounds.soon(vigils.get(7));
    for (int i = 0; i < 2 * TICKS_A_SECOND; i++) {
      tick(20);
      assertThat(looked).doesNotContain(vigils.get(7));
    }
  }

  @Test
  void whoIsStruckOffWhileItIsLookedAtIsLookedAtNoMore() {
    List<Vigil> vigils = watched(20);
    tick(20, rounds::remove);
    assertThat(looked).hasSize(20);
    for (int i = 0; i < 2 * TICKS_A_SECOND; i++) {
      tick(20);
      assertThat(looked).isEmpty();
    }
    assertThat(vigils).allMatch(vigil -> vigil.note.mark == Census.Mark.NOT_COUNTED);
  }

  @Test
  void aLookThatFailsKeepsNobodyFromBeingLookedAt() {
    List<Vigil> vigils = watched(20);
    Consumer<Vigil> broken =
        vigil -> {
          if (vigil == vigils.get(7)) {
            throw new IllegalStateException("a fault of ours");
          }
        };
    tick(20, broken);
    assertThat(looked).containsExactlyElementsOf(vigils);
    tick(20, broken);
    assertThat(looked).as("it is looked at again").contains(vigils.get(7));
  }

  @Test
  void trafficSaysOnceWithWhomSomethingGoesOn() {
    Stirred stirred = new Stirred();
    TrafficEar ear = new TrafficEar(() -> now, (upstream, fault, detail) -> {}, stirred);
    Upstream upstream = watched("i1").upstream();
    List<Upstream> told = new ArrayList<>();

    ear.answered(upstream, 200, 1000);
    ear.waiting(upstream, 0, 0);
    stirred.take(told::add);
    assertThat(told).isEmpty();

    ear.waiting(upstream, 0, 1000);
    ear.answered(upstream, 500, 1000);
    stirred.take(told::add);
    ear.waiting(upstream, 1, 1000);
    stirred.take(told::add);
    assertThat(told).containsExactly(upstream);

    upstream.pulse().settle();
    ear.waiting(upstream, 1, 1000);
    stirred.take(told::add);
    assertThat(told).containsExactly(upstream, upstream);
  }
}

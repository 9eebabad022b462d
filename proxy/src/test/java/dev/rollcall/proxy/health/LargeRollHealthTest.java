package dev.rollcall.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Instance;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.InstanceDraft;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LargeRollHealthTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static Instance beating(Duration heartbeat) {
    return InstanceDraft.of("a").heartbeat(heartbeat).made();
  }

  @Test
  void whoSaysThatItBeatsLessOftenHasLonger() {
    HeartbeatWatch watch = new HeartbeatWatch(beating(Duration.ofSeconds(1)), true, 0);
    watch.pace(beating(Duration.ofSeconds(10)), SECOND);

    assertThat(watch.isLate(26 * SECOND)).isFalse();
    assertThat(watch.isLate(27 * SECOND)).isTrue();
    assertThat(watch.hasEnded(51 * SECOND)).isFalse();
    assertThat(watch.hasEnded(52 * SECOND)).isTrue();
  }

  @Test
  void whoSaysThatItBeatsMoreOftenIsHeardBySayingSo() {
    HeartbeatWatch watch = new HeartbeatWatch(beating(Duration.ofSeconds(10)), true, 0);
    watch.pace(beating(Duration.ofSeconds(1)), 9 * SECOND);

    assertThat(watch.isLate(11 * SECOND)).isFalse();
    assertThat(watch.isLate(12 * SECOND)).isTrue();
  }

  @Test
  void whoSaysAnythingElseHasNotBeaten() {
    HeartbeatWatch watch = new HeartbeatWatch(beating(Duration.ofSeconds(1)), true, 0);
    watch.pace(beating(Duration.ofSeconds(1)), 2 * SECOND);

    assertThat(watch.isLate(3 * SECOND)).isTrue();
  }

  private static World many() {
    World world = new World();
    for (int i = 0; i < 600; i++) {
      world.register("i%03d".formatted(i));
    }
    world.pass(Duration.ofMillis(500));
    return world;
  }

  @Test
  void oneOfManyWhoseRequestsHangIsFoundAsInAFew() {
    World world = many();
    world.pass(Duration.ofSeconds(5));
    world.freeze("i300");
    long since = world.now();
    world.also(
        () -> {
          world.waiting("i300", Duration.ofNanos(world.now() - since));
          world.answered("i301", 200, Duration.ofMillis(2));
        });

    world.pass(Duration.ofMillis(400));
    assertThat(world.of("i300")).isEqualTo(Availability.SUSPECT);
    world.pass(Duration.ofMillis(600));
    assertThat(world.of("i300")).isEqualTo(Availability.DOWN);
  }

  @Test
  void oneOfManyThatFailsIsEjectedAtOnce() {
    World world = many();
    world.pass(Duration.ofSeconds(2));
    for (int i = 0; i < 5; i++) {
      world.answered("i300", 500, Duration.ofMillis(2));
    }
    world.pass(Duration.ofMillis(100));
    assertThat(world.of("i300")).isEqualTo(Availability.EJECTED);
  }

  @Test
  void oneOfManyIsLateToTheTick() {
    World world = many();
    world.pass(Duration.ofSeconds(3));
    Actor actor = world.actors.get("i300");
    long last = actor.nextBeat - SECOND;
    world.freeze("i300");

    world.pass(Duration.ofNanos(last + 5 * SECOND / 2 - world.now()));
    assertThat(world.of("i300")).isEqualTo(Availability.UP);
    world.pass(Health.TICK.multipliedBy(3));
    assertThat(world.of("i300")).isEqualTo(Availability.SUSPECT);
  }

  @Test
  void manyThatFallSilentTogetherAreNotAccused() {
    World world = many();
    world.actors.values().forEach(actor -> actor.beats = false);
    world.pass(Duration.ofSeconds(10));
    assertThat(world.flips).noneMatch(flip -> flip.to() == Availability.SUSPECT);
    assertThat(world.candidates()).hasSize(600);
  }

  @Test
  void oneOfManyThatDiesOrFallsSilentIsFoundAsInAFew() {
    World world = many();
    assertThat(world.roll.snapshot().service("hello").candidates().size()).isEqualTo(600);

    world.kill("i100");
    world.disconnect("i100");
    world.freeze("i200");
    world.pass(Duration.ofMillis(100));
    assertThat(world.roll.snapshot().service("hello").candidates().size()).isEqualTo(599);

    world.pass(Duration.ofSeconds(4));
    assertThat(world.roll.snapshot().service("hello").candidates().size()).isEqualTo(598);
  }
}

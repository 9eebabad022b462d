package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.SUSPECT;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a missing heartbeat means: the instance's fault, or the registry's. */
class SilenceTest {

  private final World world = new World();

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void aSilentInstanceThatAnswersProbesGoesWhenItsLeaseEndsAlsoWhenItIsTheOnlyOne() {
    world.register("a").beats = false;
    world.pass(ms(2600));
    assertThat(world.of("a")).isEqualTo(SUSPECT);
    assertThat(world.candidates()).containsExactly("a");

    world.pass(ms(2300));
    assertThat(world.of("a")).isEqualTo(SUSPECT);
    world.pass(ms(200));
    assertThat(world.of("a")).isEqualTo(DOWN);
    assertThat(world.upstream("a").standing().reason()).startsWith("no heartbeat for 5.0 s");
    assertThat(world.candidates()).isEmpty();
  }

  @Test
  void whoBeatsAgainAfterItsLeaseEndedIsBackAtOnce() {
    world.register("a").beats = false;
    world.pass(Duration.ofSeconds(8));
    assertThat(world.of("a")).isEqualTo(DOWN);

    world.revive("a");
    world.pass(ms(100));

    assertThat(world.of("a")).isEqualTo(UP);
  }

  @Test
  void whileTheRegistryIsInDoubtNobodyWhoAnswersIsEvicted() {
    world.register("a").beats = false;
    world.registry.doubt = true;

    world.pass(Duration.ofMinutes(2));

    assertThat(world.of("a")).isEqualTo(UP);
    assertThat(world.flipsOf("a")).containsExactly("joining>up");
  }

  @Test
  void whileTheRegistryIsInDoubtWhoAnswersNoProbeGoes() {
    world.register("a");
    world.pass(ms(100));
    world.registry.doubt = true;
    world.freeze("a");

    world.pass(Duration.ofSeconds(6));

    assertThat(world.of("a")).isEqualTo(DOWN);
  }

  @Test
  void afterADoubtEveryoneHasAWholeLeaseToBeHeardAgain() {
    world.register("a").beats = false;
    world.registry.doubt = true;
    world.pass(Duration.ofMinutes(1));
    world.registry.doubt = false;

    world.pass(ms(4500));
    assertThat(world.of("a")).isNotEqualTo(DOWN);
    world.pass(ms(700));
    assertThat(world.of("a")).isEqualTo(DOWN);
  }

  @Test
  void whenMostOfThreeFallSilentTogetherTheRegistryIsInDoubt() {
    for (String id : new String[] {"a", "b", "c"}) {
      world.register(id).beats = false;
    }

    world.pass(Duration.ofSeconds(30));

    assertThat(world.candidates()).containsExactly("a", "b", "c");
    assertThat(world.of("a")).isEqualTo(UP);
  }

  @Test
  void oneSilentOfThreeIsNoDoubt() {
    world.register("a").beats = false;
    world.register("b");
    world.register("c");

    world.pass(Duration.ofSeconds(6));

    assertThat(world.of("a")).isEqualTo(DOWN);
    assertThat(world.candidates()).containsExactly("b", "c");
  }
}

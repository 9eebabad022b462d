package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.JOINING;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Availability;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever witnesses say, in whatever order: nothing gets stuck, and nobody comes up unasked. */
class LivenessPropertyTest {

  private static final int LIVES = 3000;
  private static final int WORDS = 60;

  private long now = Duration.ofHours(1).toNanos();

  private Circumstances anything(Random random) {
    now += random.nextLong(Duration.ofSeconds(20).toNanos());
    return new Circumstances(
        now,
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        true,
        1 + random.nextInt(2));
  }

  private Circumstances sound() {
    now += Duration.ofSeconds(1).toNanos();
    return new Circumstances(now, true, false, false, true, true, true, 2);
  }

  private static Witness any(Random random) {
    return Witness.values()[random.nextInt(Witness.values().length)];
  }

  private Liveness anyLife(Random random) {
    Liveness life = random.nextBoolean() ? Liveness.joining(now) : Liveness.up(now);
    for (int i = random.nextInt(WORDS); i > 0; i--) {
      Witness witness = any(random);
      Availability before = life.availability();
      life = life.hear(witness, "", anything(random), HealthOptions.DEFAULT).next();
      boolean fromBelow = before == DOWN || before == JOINING;
      if (fromBelow && life.availability() == UP) {
        assertThat(witness).as("who brings up what is down").isEqualTo(Witness.ANSWERED);
      }
    }
    return life;
  }

  private Liveness hear(Liveness life, Witness... words) {
    for (Witness word : words) {
      life = life.hear(word, "", sound(), HealthOptions.DEFAULT).next();
    }
    return life;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverWasSaidAHealthyInstanceComesUp(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < LIVES; i++) {
      Liveness life = anyLife(random);
      Liveness before = life;
      life = hear(life, Witness.READY, Witness.HEARTBEAT);
      for (int probes = 0; probes < 8; probes++) {
        life = hear(life, Witness.ANSWERED);
      }
      if (life.availability() == Availability.EJECTED) {
        life = hear(life, Witness.TIME_SERVED, Witness.TRIAL_PASSED);
      }
      assertThat(life.availability()).as("after %s", before).isEqualTo(UP);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverWasSaidADeadInstanceGoesDownHardAndStays(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < LIVES; i++) {
      Liveness life = anyLife(random);
      life = hear(life, Witness.DISCONNECTED, Witness.REFUSED);
      assertThat(life.state()).isInstanceOf(LifeState.Down.class);
      for (int words = 0; words < 20; words++) {
        Witness word =
            new Witness[] {
                  Witness.LATE,
                  Witness.LEASE_ENDED,
                  Witness.REFUSED,
                  Witness.UNANSWERED,
                  Witness.RESET,
                  Witness.STALLED,
                  Witness.OUTLIER
                }
                [random.nextInt(7)];
        life = hear(life, word);
        assertThat(life.state()).isInstanceOf(LifeState.Down.class);
        assertThat(((LifeState.Down) life.state()).hard()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverWasSaidAFrozenInstanceGoesDown(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < LIVES; i++) {
      Liveness life = anyLife(random);
      life = hear(life, Witness.LATE, Witness.UNANSWERED, Witness.UNANSWERED, Witness.LEASE_ENDED);
      assertThat(life.availability()).isEqualTo(DOWN);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverWasSaidADrainStopsNewRequestsAtOnce(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < LIVES; i++) {
      Liveness life = hear(anyLife(random), Witness.DRAIN);
      assertThat(life.availability()).isIn(Availability.DRAINING, DOWN);
      for (int words = 0; words < 20; words++) {
        Witness word = any(random);
        if (word == Witness.READY) {
          continue;
        }
        life = life.hear(word, "", anything(random), HealthOptions.DEFAULT).next();
        assertThat(life.availability()).isIn(Availability.DRAINING, DOWN);
      }
    }
  }
}

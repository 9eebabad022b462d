package dev.rollcall.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.health.LifeState.Ejected;
import dev.rollcall.proxy.roll.Availability;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an upstream has been through counts when a witness speaks again. */
class LivenessHistoryTest extends LivenessCase {

  @Test
  void ejectionsDoubleUpToTheLimitAndAreForgivenAfterAWhile() {
    Liveness life = in(Availability.UP);
    long now = NOW;
    long[] lasted = new long[8];
    for (int i = 0; i < lasted.length; i++) {
      Circumstances facts = new Circumstances(now, true, false, false, false, true, true, 1);
      life = hear(life, Witness.OUTLIER, facts).next();
      lasted[i] = (((Ejected) life.state()).until() - now) / 1_000_000_000L;
      now = ((Ejected) life.state()).until();
      Circumstances then = new Circumstances(now, true, false, false, false, true, true, 1);
      life = hear(life, Witness.TIME_SERVED, then).next();
      life = hear(life, Witness.TRIAL_PASSED, then).next();
    }
    assertThat(lasted).containsExactly(5, 10, 20, 40, 80, 160, 300, 300);

    now += Duration.ofMinutes(7).toNanos();
    Circumstances later = new Circumstances(now, true, false, false, false, true, true, 1);
    life = hear(life, Witness.OUTLIER, later).next();
    assertThat(((Ejected) life.state()).until() - now).isEqualTo(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void aFailedTrialEjectsForTwiceAsLong() {
    Liveness life = hear(in(Availability.UP), Witness.OUTLIER, SOUND).next();
    life = hear(life, Witness.TIME_SERVED, SOUND).next();
    life = hear(life, Witness.TRIAL_FAILED, SOUND).next();
    assertThat(life.state()).isEqualTo(new Ejected(NOW + Duration.ofSeconds(10).toNanos(), false));
  }

  @Test
  void aResetSoonAfterAnAcquittalIsAQuestionOnly() {
    Liveness life = hear(in(Availability.UP), Witness.RESET, SOUND).next();
    life = hear(life, Witness.ANSWERED, SOUND).next();
    assertThat(shown(hear(life, Witness.RESET, SOUND))).isEqualTo("up!");

    Circumstances later =
        new Circumstances(
            NOW + Duration.ofSeconds(3).toNanos(), true, false, false, false, true, true, 1);
    assertThat(shown(hear(life, Witness.RESET, later))).isEqualTo("suspect!");
  }

  @Test
  void whoFallsAgainSoonNeedsMoreGoodAnswersUpToFourTimesAsMany() {
    Liveness life = in(Availability.UP);
    int[] needed = new int[4];
    for (int i = 0; i < needed.length; i++) {
      life = hear(life, Witness.REFUSED, SOUND).next();
      while (life.availability() == Availability.DOWN) {
        needed[i]++;
        life = hear(life, Witness.ANSWERED, RISES_AT_TWO).next();
      }
    }
    assertThat(needed).containsExactly(4, 8, 8, 8);
  }
}

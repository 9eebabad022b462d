package dev.rollcall.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.health.LifeState.Down;
import dev.rollcall.proxy.health.LifeState.Suspect;
import dev.rollcall.proxy.roll.Availability;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every transition, state by witness; then what changes them. */
class LivenessTest extends LivenessCase {

  /**
   * What becomes of each state when nothing else is the matter: heartbeats come, nothing hangs. An
   * exclamation mark: asked at once. {@code down~} is soft.
   */
  private static final String PLAIN =
      """
                    joining    up         suspect    ejected    draining   down
      READY         joining!   up         suspect    ejected    joining!   down!
      DRAIN         draining   draining   draining   draining   draining   down
      HEARTBEAT     joining!   up         suspect!   ejected    draining   down!
      LATE          joining!   suspect!   suspect!   ejected!   draining!  down
      DISCONNECTED  joining!   suspect!   suspect!   ejected!   draining!  down
      LEASE_ENDED   down       down       down       down       down       down
      REFUSED       down       down       down       down       draining   down
      RESET         joining    suspect!   suspect!   ejected!   draining!  down
      STALLED       joining    suspect!   suspect!   ejected!   draining!  down
      ANSWERED      up         up         up         ejected    draining   up
      UNREADY       joining    up         suspect    ejected    draining   down~
      UNANSWERED    joining!   suspect!   suspect!   ejected!   draining   down
      IMPOSTOR      down       down       down       down       down       down
      OUTLIER       joining    ejected    ejected    ejected    draining   down
      TIME_SERVED   joining    up         suspect    ejected    draining   down
      TRIAL_PASSED  joining    up         suspect    up         draining   down
      TRIAL_FAILED  joining    up         suspect    ejected    draining   down
      """;

  @TestFactory
  Stream<DynamicTest> everyTransition() {
    return PLAIN
        .lines()
        .skip(1)
        .map(line -> line.trim().split("\\s+"))
        .flatMap(
            row ->
                Stream.of(Availability.values())
                    .map(
                        state ->
                            DynamicTest.dynamicTest(
                                row[0] + " while " + state,
                                () ->
                                    assertThat(
                                            shown(hear(in(state), Witness.valueOf(row[0]), SOUND)))
                                        .isEqualTo(row[1 + state.ordinal()]))));
  }

  @Test
  void theTableOfThisTestIsWhole() {
    assertThat(PLAIN.lines().skip(1).map(line -> line.trim().split("\\s+")[0]))
        .containsExactly(Stream.of(Witness.values()).map(Enum::name).toArray(String[]::new));
  }

  @Test
  void aGoodProbeWithoutHeartbeatsBringsNobodyUp() {
    for (Availability state :
        new Availability[] {Availability.JOINING, Availability.SUSPECT, Availability.DOWN}) {
      assertThat(hear(in(state), Witness.ANSWERED, SILENT).next().availability()).isEqualTo(state);
    }
  }

  @Test
  void doubtInTheRegistryMakesSilenceAQuestionOnly() {
    assertThat(shown(hear(in(Availability.UP), Witness.LATE, DOUBT))).isEqualTo("up!");
    assertThat(shown(hear(in(Availability.UP), Witness.DISCONNECTED, DOUBT))).isEqualTo("up!");
    for (Availability state : Availability.values()) {
      assertThat(hear(in(state), Witness.LEASE_ENDED, DOUBT).next().availability())
          .isEqualTo(state);
    }
  }

  @Test
  void doubtInTheRegistrySavesNobodyFromHardWitnesses() {
    assertThat(shown(hear(in(Availability.UP), Witness.REFUSED, DOUBT))).isEqualTo("down");
    assertThat(shown(hear(in(Availability.UP), Witness.IMPOSTOR, DOUBT))).isEqualTo("down");
  }

  @Test
  void inDoubtALostRegistryConnectionAgreesWithNoMissedProbe() {
    Liveness asked = hear(in(Availability.UP), Witness.DISCONNECTED, DOUBT).next();
    Liveness once = hear(asked, Witness.UNANSWERED, DOUBT).next();
    assertThat(once.availability()).isEqualTo(Availability.SUSPECT);
    assertThat(shown(hear(once, Witness.UNANSWERED, DOUBT))).isEqualTo("down");
  }

  @Test
  void inDoubtMissedProbesDontFellWhoStillSpeaks() {
    Liveness life = in(Availability.UP);
    for (int i = 0; i < 5; i++) {
      life = hear(life, Witness.UNANSWERED, SPEAKS_IN_DOUBT).next();
    }
    assertThat(life.availability()).isEqualTo(Availability.SUSPECT);
  }

  @Test
  void theFirstMissIsEnoughWhenRequestsHangToo() {
    Step step = hear(in(new Suspect("requests hang")), Witness.UNANSWERED, HANGS);
    assertThat(shown(step)).isEqualTo("down");
    assertThat(step.reason()).isEqualTo("requests hang, the word");
  }

  @Test
  void theFirstMissIsEnoughWhenTheRegistryConnectionIsLostToo() {
    Liveness suspect = hear(in(Availability.UP), Witness.DISCONNECTED, SOUND).next();
    assertThat(shown(hear(suspect, Witness.UNANSWERED, SOUND))).isEqualTo("down");
  }

  @Test
  void aHeartbeatAfterALostConnectionMakesItOneWitnessAgain() {
    Liveness life = hear(in(Availability.UP), Witness.DISCONNECTED, SOUND).next();
    life = hear(life, Witness.HEARTBEAT, SOUND).next();
    assertThat(shown(hear(life, Witness.UNANSWERED, SOUND))).isEqualTo("suspect!");
  }

  @Test
  void theSecondMissIsEnoughByItself() {
    Liveness once = hear(in(Availability.UP), Witness.UNANSWERED, SOUND).next();
    assertThat(shown(hear(once, Witness.UNANSWERED, SOUND))).isEqualTo("down");
  }

  @Test
  void aGoodAnswerForgivesAMiss() {
    Liveness life = hear(in(Availability.UP), Witness.UNANSWERED, SOUND).next();
    life = hear(life, Witness.ANSWERED, SOUND).next();
    assertThat(shown(hear(life, Witness.UNANSWERED, SOUND))).isEqualTo("suspect!");
  }

  @Test
  void whoStillSpeaksIsOnlySoftlyDown() {
    Liveness once = hear(in(Availability.UP), Witness.UNANSWERED, SPEAKS).next();
    assertThat(shown(hear(once, Witness.UNANSWERED, SPEAKS))).isEqualTo("down~");
  }

  @Test
  void theSecondUnreadyAnswerIsSoftlyDown() {
    Liveness once = hear(in(Availability.UP), Witness.UNREADY, SOUND).next();
    assertThat(shown(hear(once, Witness.UNREADY, SOUND))).isEqualTo("down~");
  }

  @Test
  void aSoftVerdictHardensWhenTheLeaseEnds() {
    Liveness soft = in(new Down(false, 0));
    assertThat(shown(hear(soft, Witness.LEASE_ENDED, SILENT))).isEqualTo("down");
    assertThat(shown(hear(soft, Witness.LEASE_ENDED, DOUBT))).isEqualTo("down~");
  }

  @Test
  void aDrainingInstanceThatClosesItsDoorStillFinishes() {
    assertThat(shown(hear(in(Availability.DRAINING), Witness.REFUSED, SOUND)))
        .isEqualTo("draining");
    assertThat(shown(hear(in(Availability.DRAINING), Witness.UNANSWERED, HANGS))).isEqualTo("down");
    Liveness cutOff = hear(in(Availability.DRAINING), Witness.DISCONNECTED, SOUND).next();
    assertThat(shown(hear(cutOff, Witness.REFUSED, SOUND))).isEqualTo("down");
  }

  @Test
  void whoShallDrainComesBackFromDownAsDraining() {
    Liveness down = hear(in(Availability.DOWN), Witness.DRAIN, SOUND).next();
    assertThat(shown(hear(down, Witness.ANSWERED, SOUND))).isEqualTo("draining");
  }

  @Test
  void halfOfAServiceIsNeverEjected() {
    assertThat(shown(hear(in(Availability.UP), Witness.OUTLIER, HALF_IS_OUT))).isEqualTo("up");
  }

  @Test
  void aBadAnswerMakesGoodOnesCountFromNothing() {
    Liveness life = hear(in(Availability.DOWN), Witness.ANSWERED, RISES_AT_TWO).next();
    life = hear(life, Witness.UNANSWERED, RISES_AT_TWO).next();
    assertThat(shown(hear(life, Witness.ANSWERED, RISES_AT_TWO))).isEqualTo("down");
  }

  @Test
  void whoCantBeProbedIsBroughtBackByHeartbeats() {
    assertThat(shown(hear(in(Availability.JOINING), Witness.HEARTBEAT, UNPROBED))).isEqualTo("up");
    assertThat(shown(hear(in(Availability.SUSPECT), Witness.HEARTBEAT, UNPROBED))).isEqualTo("up");
    assertThat(shown(hear(in(Availability.DOWN), Witness.HEARTBEAT, UNPROBED))).isEqualTo("up");
  }
}

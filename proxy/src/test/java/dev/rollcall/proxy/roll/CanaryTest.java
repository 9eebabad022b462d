package dev.rollcall.proxy.roll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CanaryTest {

  private static final CanaryRule FIVE_PERCENT =
      new CanaryRule(FieldMatch.parse("version=2"), 500, null, null);

  private final Roll roll =
      new Roll(
          new RollOptions("", Map.of(), ClaimLimits.NONE, Map.of("hello", FIVE_PERCENT)),
          (InstantSource) () -> Instant.EPOCH);

  private Upstream up(String id, Map<String, String> metadata) {
    Upstream upstream = roll.enrol(InstanceDraft.of(id).metadata(metadata).made());
    roll.stand(upstream, Availability.UP, false, "well");
    return upstream;
  }

  private ServiceRoll service() {
    return roll.snapshot().service("hello");
  }

  @Test
  void itsInstancesAreNoCandidatesOfTheOthers() {
    up("a", Map.of());
    up("b", Map.of("version", "2", "zone", "x"));
    up("c", Map.of("version", "20"));

    assertThat(ids(service().candidates())).containsExactly("a", "c");
    assertThat(ids(service().canary().candidates())).containsExactly("b");
    assertThat(service().takers()).isEqualTo(3);
  }

  @Test
  void whoIsLeftServesEverything() {
    Upstream a = up("a", Map.of());
    Upstream b = up("b", Map.of("version", "2"));

    roll.stand(b, Availability.DOWN, true, "refused");
    assertThat(service().canary()).isNull();
    assertThat(ids(service().candidates())).containsExactly("a");

    roll.stand(b, Availability.UP, false, "back");
    roll.stand(a, Availability.DOWN, true, "refused");
    assertThat(service().canary()).isNull();
    assertThat(ids(service().candidates())).containsExactly("b");
  }

  @Test
  void itsShareIsExactAndSpreadOut() {
    Canary canary = canary(500);
    int taken = 0;
    int last = -1;
    for (int i = 0; i < CanaryRule.WHOLE; i++) {
      if (canary.takesTurn()) {
        taken++;
        assertThat(i - last).isBetween(19, 21);
        last = i;
      }
    }
    assertThat(taken).isEqualTo(500);
    assertThat(canary(CanaryRule.WHOLE).takesTurn()).isTrue();
    assertThat(canary(0).takesTurn()).isFalse();
  }

  @Test
  void itsTurnsGoOnFromOnePictureToTheNext() {
    up("a", Map.of());
    up("b", Map.of("version", "2"));
    AtomicInteger turns = service().canary().turns();

    up("c", Map.of());

    assertThat(service().canary().turns()).isSameAs(turns);
  }

  private static Canary canary(int share) {
    CanaryRule rule = new CanaryRule(FieldMatch.parse("version=2"), share, null, null);
    return Canary.of("hello", rule, Candidates.NONE, new AtomicInteger());
  }

  private static List<String> ids(Candidates candidates) {
    return candidates.list().stream().map(Upstream::id).toList();
  }
}

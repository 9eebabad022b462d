package dev.rollcall.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.upstream.TargetHealth.State;
import org.junit.jupiter.api.Test;

class TargetHealthTest {

  private final TargetHealth health = new TargetHealth(3, 2);

  @Test
  void isUnknownUntilTheFirstSuccess() {
    for (int i = 0; i < 10; i++) {
      assertThat(health.after(false)).isFalse();
    }
    assertThat(health.state()).isEqualTo(State.UNKNOWN);
    assertThat(health.after(true)).isTrue();
    assertThat(health.state()).isEqualTo(State.WELL);
  }

  @Test
  void fallsAfterThreeFailuresInARow() {
    health.after(true);
    assertThat(health.after(false)).isFalse();
    assertThat(health.after(false)).isFalse();
    assertThat(health.after(true)).isFalse();
    assertThat(health.after(false)).isFalse();
    assertThat(health.after(false)).isFalse();
    assertThat(health.after(false)).isTrue();
    assertThat(health.state()).isEqualTo(State.FALLEN);
    assertThat(health.after(false)).isFalse();
  }

  @Test
  void risesAfterTwoSuccessesInARow() {
    health.after(true);
    for (int i = 0; i < 3; i++) {
      health.after(false);
    }
    assertThat(health.after(true)).isFalse();
    assertThat(health.after(false)).isFalse();
    assertThat(health.after(true)).isFalse();
    assertThat(health.after(true)).isTrue();
    assertThat(health.state()).isEqualTo(State.WELL);
  }
}

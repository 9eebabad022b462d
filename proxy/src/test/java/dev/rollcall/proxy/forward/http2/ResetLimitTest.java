package dev.rollcall.proxy.forward.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResetLimitTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ResetLimit limit = new ResetLimit(2, Duration.ofSeconds(30));

  @Test
  void letsSoManyBe() {
    assertThat(limit.isExceeded(0)).isFalse();
    assertThat(limit.isExceeded(SECOND)).isFalse();
    assertThat(limit.isExceeded(2 * SECOND)).isTrue();
  }

  @Test
  void countsAnewWhenTheSpanIsOver() {
    assertThat(limit.isExceeded(0)).isFalse();
    assertThat(limit.isExceeded(SECOND)).isFalse();
    assertThat(limit.isExceeded(30 * SECOND)).isFalse();
    assertThat(limit.isExceeded(31 * SECOND)).isFalse();
    assertThat(limit.isExceeded(32 * SECOND)).isTrue();
  }
}

package dev.rollcall.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CpuLoadTest {

  private long now;
  private Optional<Duration> used = Optional.of(Duration.ofSeconds(100));
  private final CpuLoad load = new CpuLoad(() -> used, () -> now, 2, Duration.ZERO);

  @Test
  void isTheShareOfAllProcessorsSinceItWasAskedLast() {
    pass(1_000, 1_000);
    assertThat(load.sinceLastAsked()).isEqualTo(0.5);
    pass(1_000, 0);
    assertThat(load.sinceLastAsked()).isZero();
    pass(1_000, 2_000);
    assertThat(load.sinceLastAsked()).isEqualTo(1);
  }

  @Test
  void staysBetweenZeroAndOne() {
    pass(10, 100_000);
    assertThat(load.sinceLastAsked()).isEqualTo(1);
  }

  @Test
  void isUnknownWithoutTimePassedOrWithoutTimesFromTheSystem() {
    assertThat(load.sinceLastAsked()).isEqualTo(-1);
    pass(10, 10);
    used = Optional.empty();
    assertThat(load.sinceLastAsked()).isEqualTo(-1);
  }

  @Test
  void isToldAgainToWhoAsksAgainSoon() {
    CpuLoad patient = new CpuLoad(() -> used, () -> now, 2, Duration.ofSeconds(2));
    pass(1_000, 1_000);
    assertThat(patient.sinceLastAsked()).isEqualTo(0.5);
    pass(1_000, 0);
    assertThat(patient.sinceLastAsked()).isEqualTo(0.5);
    pass(1_000, 3_000);
    assertThat(patient.sinceLastAsked()).isEqualTo(0.75);
  }

  @Test
  void isKnownForThisProcess() {
    CpuLoad mine = CpuLoad.ofThisProcess();
    assertThat(mine.sinceLastAsked()).isBetween(0.0, 1.0);
  }

  private void pass(long wallMs, long cpuMs) {
    now += Duration.ofMillis(wallMs).toNanos();
    used = used.map(before -> before.plusMillis(cpuMs));
  }
}

package dev.rollcall.proxy.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyPeakTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** Keeps one, as its owner does. */
  private static final class Peak {
    private long cell = LatencyPeak.NOTHING;

    void answered(long nanos, long now) {
      cell = LatencyPeak.answered(cell, nanos, now);
    }

    void failed(long now) {
      cell = LatencyPeak.failed(cell, now);
    }

    double nanos(long now) {
      return LatencyPeak.nanos(cell, now);
    }
  }

  private final Peak peak = new Peak();
  private long now = 5 * SECOND;

  @Test
  void knowsNothingAtFirst() {
    assertThat(peak.nanos(now)).isZero();
  }

  @Test
  void risesAtOnce() {
    peak.answered(MILLI, now);
    peak.answered(80 * MILLI, now);

    assertThat(peak.nanos(now)).isCloseTo(80e6, within(1e3));
  }

  @Test
  void fallsToAThirdOverTenSecondsOfFasterAnswers() {
    peak.answered(100 * MILLI, now);
    for (int i = 0; i < 1000; i++) {
      now += 10 * MILLI;
      peak.answered(MILLI, now);
    }
    assertThat(peak.nanos(now)).isCloseTo(1e6 + 99e6 / Math.E, within(1e6));
  }

  @Test
  void fallsInSilenceToo() {
    peak.answered(100 * MILLI, now);

    assertThat(peak.nanos(now + 10 * SECOND)).isCloseTo(100e6 / Math.E, within(1e5));
    assertThat(peak.nanos(now + 300 * SECOND)).isLessThan(MILLI);
  }

  @Test
  void failedAnswersMakeItWorseUpToAMinute() {
    peak.answered(MILLI, now);
    peak.failed(now);
    assertThat(peak.nanos(now)).isCloseTo(100e6, within(1e5));
    peak.failed(now);
    assertThat(peak.nanos(now)).isCloseTo(200e6, within(1e5));
    for (int i = 0; i < 50; i++) {
      peak.failed(now);
    }
    assertThat(peak.nanos(now)).isCloseTo(60e9, within(1e6));
  }

  @Test
  void staysSaneWhenTheClockWrapsItsMilliseconds() {
    long beforeWrap = Integer.MAX_VALUE * MILLI;
    peak.answered(100 * MILLI, beforeWrap);

    assertThat(peak.nanos(beforeWrap + SECOND)).isCloseTo(100e6 * Math.exp(-0.1), within(1e5));
  }

  @Test
  void failuresCountAgainstAnUpstreamThatFailsFast() {
    Traffic traffic = new Traffic(() -> now);
    traffic.answered(200, 20 * MILLI);
    traffic.answered(503, MILLI);
    traffic.failed();

    assertThat(traffic.expectedNanos()).isCloseTo(100e6, within(1e5));
    assertThat(traffic.answers(2)).isEqualTo(1);
    assertThat(traffic.answers(5)).isEqualTo(1);
    assertThat(traffic.failures()).isEqualTo(1);
    assertThat(traffic.latency().total()).isEqualTo(2);
  }
}

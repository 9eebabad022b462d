package dev.rollcall.proxy.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void bucketsLieSideBySideAndAreAtMostATenthWide() {
    for (int bucket = 1; bucket < LatencyHistogram.BUCKETS; bucket++) {
      long begin = LatencyHistogram.begin(bucket);
      assertThat(LatencyHistogram.bucket(begin)).isEqualTo(bucket);
      assertThat(LatencyHistogram.bucket(begin - 1)).isEqualTo(bucket - 1);
      if (bucket > 1) {
        long before = LatencyHistogram.begin(bucket - 1);
        assertThat((begin - before) / (double) before).isLessThanOrEqualTo(0.1000001);
      }
    }
  }

  @Test
  void takesAnyNumber() {
    histogram.record(Long.MIN_VALUE);
    histogram.record(0);
    histogram.record(Long.MAX_VALUE);

    assertThat(histogram.counts().total()).isEqualTo(3);
    assertThat(histogram.counts().quantile(1)).isEqualTo(TimeUnit.SECONDS.toNanos(100));
  }

  @Test
  void quantilesAreAtMostATenthOff() {
    Random random = new Random(7);
    long[] values =
        random
            .longs(10_000, 0, 1)
            .map(x -> (long) Math.exp(10 + 10 * random.nextDouble()))
            .toArray();
    Arrays.stream(values).forEach(histogram::record);
    Arrays.sort(values);

    LatencyCounts counts = histogram.counts();
    for (double share : new double[] {0.1, 0.5, 0.9, 0.99, 0.999}) {
      double exact = values[(int) Math.ceil(share * values.length) - 1];
      assertThat((double) counts.quantile(share)).isCloseTo(exact, within(exact * 0.1 + 10_000));
    }
  }

  @Test
  void countsExactlyAtRoundBounds() {
    histogram.record(TimeUnit.MILLISECONDS.toNanos(25) - 1);
    histogram.record(TimeUnit.MILLISECONDS.toNanos(25));
    histogram.record(TimeUnit.MILLISECONDS.toNanos(26));

    assertThat(histogram.counts().atMost(TimeUnit.MILLISECONDS.toNanos(25))).isEqualTo(1);
    assertThat(histogram.counts().atMost(TimeUnit.SECONDS.toNanos(100))).isEqualTo(3);
  }

  @Test
  void addsUpAndSubtracts() {
    histogram.record(1_000_000);
    LatencyCounts earlier = histogram.counts();
    histogram.record(3_000_000);
    LatencyCounts later = histogram.counts();

    assertThat(later.minus(earlier).total()).isEqualTo(1);
    assertThat(later.minus(earlier).sumNanos()).isEqualTo(3_000_000);
    assertThat(later.plus(earlier).total()).isEqualTo(3);
    assertThat(later.plus(earlier).sumNanos()).isEqualTo(5_000_000);
    assertThat(LatencyCounts.NONE.quantile(0.5)).isZero();
  }
}

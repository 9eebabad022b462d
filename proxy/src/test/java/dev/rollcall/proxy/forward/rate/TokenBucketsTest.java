package dev.rollcall.proxy.forward.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 3 * SECOND);

  @Test
  void letsTheBurstThroughAndThenOneEachInterval() {
    TokenBuckets buckets = buckets(10, 3);

    assertThat(List.of(take(buckets), take(buckets), take(buckets))).containsOnly(0L);
    assertThat(take(buckets)).isEqualTo(SECOND / 10);
    clock.addAndGet(SECOND / 10 - 1);
    assertThat(take(buckets)).isEqualTo(1);
    clock.addAndGet(1);
    assertThat(take(buckets)).isZero();
    assertThat(take(buckets)).isEqualTo(SECOND / 10);
  }

  @Test
  void aRestFillsTheBucketAndNoMore() {
    TokenBuckets buckets = buckets(10, 3);
    take(buckets);
    clock.addAndGet(100 * SECOND);

    assertThat(passed(buckets, 10)).isEqualTo(3);
  }

  /** The clock wraps within the test: nanoseconds are compared by their difference. */
  @Test
  void overAnyTimeNoMorePassThanBurstAndRateAllow() {
    Random random = new Random(7);
    TokenBuckets buckets = buckets(50, 20);
    long begun = clock.get();
    int passed = 0;
    for (int i = 0; i < 20_000; i++) {
      clock.addAndGet(random.nextInt(2_000_000));
      passed += take(buckets) == 0 ? 1 : 0;
      assertThat(passed).isLessThanOrEqualTo(20 + (int) ((clock.get() - begun) * 50 / SECOND));
    }
    int allowed = 20 + (int) ((clock.get() - begun) * 50 / SECOND);
    assertThat(passed).isBetween(allowed - 1, allowed);
  }

  @Test
  void keysDontShare() {
    TokenBuckets buckets = buckets(1, 1);

    assertThat(buckets.take("a")).isZero();
    assertThat(buckets.take("b")).isZero();
    assertThat(buckets.take("a")).isPositive();
  }

  @Test
  void whatWasTakenInVainIsGivenBack() {
    TokenBuckets buckets = buckets(1, 2);
    take(buckets);
    take(buckets);
    buckets.putBack("a");

    assertThat(passed(buckets, 5)).isEqualTo(1);
  }

  @Test
  void manyAddressesDontFillTheMemory() {
    TokenBuckets buckets =
        new TokenBuckets(new RateOptions(Duration.ofSeconds(1), 1, null), clock::get, 1000);
    for (int i = 0; i < 100_000; i++) {
      buckets.take("10.0.0." + i);
      assertThat(buckets.size()).isLessThanOrEqualTo(1000);
    }
  }

  @Test
  void aKeyThatIsAskedForIsRememberedThroughTheFlood() {
    TokenBuckets buckets =
        new TokenBuckets(new RateOptions(Duration.ofHours(1), 1, null), clock::get, 1000);
    assertThat(buckets.take("busy")).isZero();
    for (int i = 0; i < 10_000; i++) {
      buckets.take("other-" + i);
      if (i % 400 == 0) {
        assertThat(buckets.take("busy")).isPositive();
      }
    }
  }

  @Test
  void threadsTogetherGetNoMoreThanOne() throws Exception {
    TokenBuckets buckets = buckets(1, 1000);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> passed(buckets, 1000)));
      }
      int passed = 0;
      for (Future<Integer> one : all) {
        passed += one.get();
      }
      assertThat(passed).isEqualTo(1000);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void tellsWholeSecondsRoundedUp() {
    assertThat(TokenBuckets.seconds(1)).isEqualTo(1);
    assertThat(TokenBuckets.seconds(SECOND)).isEqualTo(1);
    assertThat(TokenBuckets.seconds(SECOND + 1)).isEqualTo(2);
  }

  private TokenBuckets buckets(int perSecond, int burst) {
    Duration each = Duration.ofSeconds(1).dividedBy(perSecond);
    return new TokenBuckets(new RateOptions(each, burst, null), clock::get, TokenBuckets.MOST);
  }

  private static long take(TokenBuckets buckets) {
    return buckets.take("a");
  }

  private static int passed(TokenBuckets buckets, int times) {
    int passed = 0;
    for (int i = 0; i < times; i++) {
      passed += take(buckets) == 0 ? 1 : 0;
    }
    return passed;
  }
}

package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailedTokensTest {

  private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);
  private final FailedTokens failed = new FailedTokens(() -> now);

  @Test
  void letsTenFailAtOnceThenOneEverySixSeconds() {
    fail("a", 10);
    assertThat(failed.waitSeconds("a")).isEqualTo(6);
    pass(5);
    assertThat(failed.waitSeconds("a")).isEqualTo(1);
    pass(1);
    assertThat(failed.waitSeconds("a")).isZero();
    fail("a", 1);
    assertThat(failed.waitSeconds("a")).isEqualTo(6);
  }

  @Test
  void forgivesOverAMinuteAlsoWhenTheClockWraps() {
    fail("a", 10);
    pass(60);
    fail("a", 9);
    assertThat(failed.waitSeconds("a")).isZero();
    fail("a", 1);
    assertThat(failed.waitSeconds("a")).isPositive();
  }

  @Test
  void makesNobodyElseWait() {
    fail("a", 10);
    assertThat(failed.waitSeconds("b")).isZero();
  }

  @Test
  void remembersTheLatestThousand() {
    for (int i = 0; i < 5000; i++) {
      fail("address-" + i, 10);
    }
    assertThat(failed.waitSeconds("address-4999")).isPositive();
    assertThat(failed.waitSeconds("address-3976")).isPositive();
    assertThat(failed.waitSeconds("address-3975")).isZero();
  }

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(failed.waitSeconds(address)).isZero();
      failed.failed(address);
    }
  }

  private void pass(int seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }
}

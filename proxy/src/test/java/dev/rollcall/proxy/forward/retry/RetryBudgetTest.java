package dev.rollcall.proxy.forward.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many retries traffic may cost. */
class RetryBudgetTest {

  @Test
  void theBudgetAllowsAFifthOfTrafficAndThreeASecond() {
    RetryBudget budget = new RetryBudget(Retries.DEFAULT, 1, 0);
    assertThat(drained(budget, 0)).isEqualTo(3);
    assertThat(drained(budget, TimeUnit.SECONDS.toNanos(1))).isEqualTo(3);
    for (int i = 0; i < 50; i++) {
      budget.deposit();
    }
    assertThat(drained(budget, TimeUnit.SECONDS.toNanos(1))).isBetween(9, 10);
  }

  private static int drained(RetryBudget budget, long now) {
    int count = 0;
    while (budget.withdraw(now)) {
      count++;
    }
    return count;
  }
}

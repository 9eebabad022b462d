package dev.rollcall.proxy.forward;

/**
 * Keeps retries from turning a brown-out into a black-out: they may make up 20 % of traffic, and 3
 * a second are always allowed. Counts only retries that a live upstream may have worked on already.
 * One for each traffic loop; no locks.
 */
final class RetryBudget {

  private static final double SHARE = 0.2;
  private static final double PER_SECOND = 3;
  private static final double MOST = 100;

  private final double perNano;
  private double tokens;
  private long last;

  RetryBudget(int loops, long now) {
    this.perNano = PER_SECOND / loops / 1e9;
    this.tokens = PER_SECOND;
    this.last = now;
  }

  /** A request came in. */
  void deposit() {
    tokens = Math.min(MOST, tokens + SHARE);
  }

  /** True: retry, and it is paid for. */
  boolean withdraw(long now) {
    tokens = Math.min(MOST, tokens + (now - last) * perNano);
    last = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}

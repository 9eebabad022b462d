package dev.rollcall.proxy.forward.retry;

/**
 * Keeps retries from turning a brown-out into a black-out: they may make up a share of traffic, and
 * a few a second are always allowed. Counts only retries that a live upstream may have worked on
 * already. One for each traffic loop and each service with settings of its own; no locks.
 */
public final class RetryBudget {

  private static final double MOST = 100;

  private final double share;
  private final double perSecond;
  private final double perNano;
  private double tokens;
  private long last;

  public RetryBudget(Retries retries, int loops, long now) {
    this.share = retries.percent() / 100.0;
    this.perSecond = retries.perSecond();
    this.perNano = perSecond / loops / 1e9;
    this.tokens = perSecond;
    this.last = now;
  }

  /** A request came in. */
  public void deposit() {
    tokens = Math.min(most(), tokens + share);
  }

  /** True: retry, and it is paid for. */
  public boolean withdraw(long now) {
    tokens = Math.min(most(), tokens + (now - last) * perNano);
    last = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  private double most() {
    return Math.max(MOST, perSecond);
  }
}

package dev.rollcall.proxy.forward.http2;

import java.time.Duration;

/**
 * Streams that a client has made us reset, by breaking the protocol on each: many are an attack
 * (CVE-2025-8671). Those that we reset because an upstream failed don't count. Traffic loop only.
 */
final class ResetLimit {

  private final int most;
  private final long span;
  private long since;
  private int count;

  /**
   * @param most within the span
   */
  ResetLimit(int most, Duration span) {
    this.most = most;
    this.span = span.toNanos();
  }

  /** Counts one. True when it is one too many. */
  boolean isExceeded(long now) {
    if (count == 0 || now - since >= span) {
      since = now;
      count = 0;
    }
    return ++count > most;
  }
}

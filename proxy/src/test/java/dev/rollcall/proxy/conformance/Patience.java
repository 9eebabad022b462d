package dev.rollcall.proxy.conformance;

import java.time.Duration;

/** How long anything may be waited for before its absence is a failure; passing cases never do. */
final class Patience {

  /** Settable for slow machines: {@code -Drollcall.conformance.patience=20} (seconds). */
  static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("rollcall.conformance.patience", 10));

  private Patience() {}

  static int millis() {
    return Math.toIntExact(LIMIT.toMillis());
  }
}

package dev.rollcall.proxy.health;

import java.util.Locale;

/** Spans of time as people read them. */
final class People {

  private People() {}

  /** {@code 0.3 s}, {@code 2.5 s}, {@code 61 s}. */
  static String seconds(long nanos) {
    double seconds = nanos / 1e9;
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }

  /** {@code 3 ms}. */
  static String millis(long nanos) {
    return Math.round(nanos / 1e6) + " ms";
  }
}

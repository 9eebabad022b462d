package dev.rollcall.discovery.logging;

import org.jspecify.annotations.Nullable;

/** Who speaks in a log line: nobody in particular for our own words, else the library. */
final class Voice {

  private static final String OURS = "dev.rollcall";

  private Voice() {}

  static String prefix(@Nullable String logger) {
    if (logger == null || isOurs(logger)) {
      return "";
    }
    String[] parts = logger.split("\\.");
    return (parts.length > 1 ? parts[1] : parts[0]) + ": ";
  }

  static boolean isOurs(@Nullable String logger) {
    return logger != null && (logger.isEmpty() || logger.startsWith(OURS));
  }
}

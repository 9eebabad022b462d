package dev.rollcall.discovery.logging;

import java.util.logging.Level;

/** How much is said. Libraries are held two steps shorter than our own words. */
public enum LogLevel {
  ERROR(Level.SEVERE, Level.SEVERE),
  WARN(Level.WARNING, Level.SEVERE),
  INFO(Level.INFO, Level.SEVERE),
  /** Stack traces too, and what libraries say at info. */
  DEBUG(Level.FINE, Level.INFO),
  /** Everything that anybody has to say. */
  TRACE(Level.ALL, Level.ALL);

  private final Level own;
  private final Level libraries;

  LogLevel(Level own, Level libraries) {
    this.own = own;
    this.libraries = libraries;
  }

  Level own() {
    return own;
  }

  Level libraries() {
    return libraries;
  }

  boolean traces() {
    return compareTo(DEBUG) >= 0;
  }

  /** The word for a level of the library's own scale. */
  static String word(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (value >= Level.WARNING.intValue()) {
      return "warn";
    }
    if (value >= Level.INFO.intValue()) {
      return "info";
    }
    return value >= Level.FINE.intValue() ? "debug" : "trace";
  }
}

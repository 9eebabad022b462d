package dev.rollcall.proxy.accesslog;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;

/**
 * Which requests are a line of the access log, and how it looks.
 *
 * @param format default off
 * @param only default all
 * @param sample of how many requests that went well one is logged; default 1, each. What went wrong
 *     is always logged. Count requests by the metrics then, not by lines
 */
public record AccessLogOptions(AccessLogFormat format, Only only, int sample) {

  /** Whose lines are written. */
  public enum Only {
    ALL,
    /** Answers 5xx, clients that went away, and requests for which a try failed. */
    ERRORS
  }

  public static final AccessLogOptions OFF = new AccessLogOptions(AccessLogFormat.OFF, Only.ALL, 1);

  public AccessLogOptions {
    if (sample < 1) {
      throw new IllegalArgumentException("access-log.sample: " + sample + " (expected: > 0)");
    }
  }

  /** Reads the keys {@code access-log} and below. */
  public static AccessLogOptions read(Settings settings) {
    return new AccessLogOptions(
        settings.get(
            "access-log",
            ValueType.oneOf(AccessLogFormat.class),
            "off",
            "off, combined or json, to standard output"),
        settings.get(
            "access-log.only",
            ValueType.oneOf(Only.class),
            "all",
            "all, or errors: 5xx, clients that went away, failed tries"),
        settings.get(
            "access-log.sample",
            ValueType.COUNT.where(n -> n >= 1, "1 or more"),
            "1",
            "one in so many requests that went well; errors are always logged"));
  }
}

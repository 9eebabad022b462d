package dev.rollcall.discovery.logging;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;

/**
 * How a process logs.
 *
 * @param format text for people, or JSON; default text
 * @param level how much; default info. At debug, stack traces and the libraries' own words appear
 */
public record LogOptions(LogFormat format, LogLevel level) {

  public static final LogOptions DEFAULT = new LogOptions(LogFormat.TEXT, LogLevel.INFO);

  public static LogOptions read(Settings settings) {
    return new LogOptions(
        settings.get(
            "log.format", ValueType.oneOf(LogFormat.class), "text", "text, or json for collectors"),
        settings.get(
            "log.level",
            ValueType.oneOf(LogLevel.class),
            "info",
            "error, warn, info, debug or trace; debug adds stack traces and libraries"));
  }
}

package dev.rollcall.discovery.logging;

import io.vertx.core.json.JsonObject;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * {@code {"at":…,"level":…,"logger":…,"message":…}}, with {@code error} when something was thrown.
 */
final class JsonLine extends Formatter {

  private final boolean traces;

  JsonLine(boolean traces) {
    this.traces = traces;
  }

  @Override
  public String format(LogRecord event) {
    JsonObject line =
        new JsonObject()
            .put("at", event.getInstant().toString())
            .put("level", LogLevel.word(event.getLevel()))
            .put("logger", event.getLoggerName())
            .put("message", formatMessage(event));
    if (event.getThrown() != null) {
      line.put("error", ThrownLine.of(event.getThrown()));
      if (traces) {
        line.put("trace", ThrownLine.trace(event.getThrown()));
      }
    }
    return line.encode() + System.lineSeparator();
  }
}

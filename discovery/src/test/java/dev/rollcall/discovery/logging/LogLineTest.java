package dev.rollcall.discovery.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLineTest {

  private static final String OURS = "dev.rollcall.proxy.Main";

  private final TextLine text = new TextLine(ZoneOffset.UTC, false);
  private final TextLine traced = new TextLine(ZoneOffset.UTC, true);
  private final JsonLine json = new JsonLine(false);

  @Test
  void isTimeLevelAndMessage() {
    assertThat(text.format(event(Level.INFO, OURS, "ready", null)))
        .isEqualTo("04:05:06.007 info  ready" + System.lineSeparator());
    assertThat(text.format(event(Level.SEVERE, OURS, "broken", null)))
        .isEqualTo("04:05:06.007 error broken" + System.lineSeparator());
  }

  @Test
  void namesTheLibraryThatSpeaks() {
    assertThat(text.format(event(Level.SEVERE, "com.hazelcast.internal.nio.X", "lost", null)))
        .isEqualTo("04:05:06.007 error hazelcast: lost" + System.lineSeparator());
  }

  @Test
  void cannotBeForgedByTheMessage() {
    assertThat(text.format(event(Level.INFO, OURS, "a\r\n04:05:06.007 info  b\u001b[2J", null)))
        .isEqualTo("04:05:06.007 info  a 04:05:06.007 info  b [2J" + System.lineSeparator());
  }

  @Test
  void tellsAnExceptionWithoutItsTrace() {
    Throwable thrown = new IllegalStateException("outer", new IOException("disk full"));

    assertThat(text.format(event(Level.SEVERE, OURS, "can't write", thrown)))
        .matches(
            "04:05:06.007 error can't write: IOException: disk full"
                + " \\(at LogLineTest.java:\\d+\\)\\R");
  }

  @Test
  void endsForCausesInACircle() {
    Exception one = new Exception("one");
    Exception two = new Exception("two", one);
    one.initCause(two);

    assertThat(text.format(event(Level.SEVERE, OURS, "x", one)).lines()).hasSize(1);
  }

  @Test
  void addsTheTraceForThoseWhoDebug() {
    assertThat(traced.format(event(Level.SEVERE, OURS, "x", new IOException("y"))).lines())
        .hasSizeGreaterThan(2)
        .anyMatch(line -> line.contains("\tat dev.rollcall.discovery.logging.LogLineTest"));
  }

  @Test
  void isOneJsonObject() {
    String line = json.format(event(Level.WARNING, OURS, "a \"b\"\n", new IOException("y")));

    assertThat(line.lines()).hasSize(1);
    JsonObject object = new JsonObject(line);
    assertThat(object.getString("at")).isEqualTo("2026-01-02T04:05:06.007Z");
    assertThat(object.getString("level")).isEqualTo("warn");
    assertThat(object.getString("logger")).isEqualTo(OURS);
    assertThat(object.getString("message")).isEqualTo("a \"b\"\n");
    assertThat(object.getString("error")).startsWith("IOException: y");
    assertThat(object.containsKey("trace")).isFalse();
  }

  private static LogRecord event(
      Level level, String logger, String message, @Nullable Throwable thrown) {
    LogRecord event = new LogRecord(level, message);
    event.setInstant(Instant.parse("2026-01-02T04:05:06.007Z"));
    event.setLoggerName(logger);
    event.setThrown(thrown);
    return event;
  }
}

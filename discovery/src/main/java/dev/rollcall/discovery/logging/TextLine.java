package dev.rollcall.discovery.logging;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * {@code HH:mm:ss.SSS level message}. Days are left to whoever collects; control characters are
 * blanked, so that no request can forge a line or paint the terminal.
 */
final class TextLine extends Formatter {

  private final ZoneId zone;
  private final boolean traces;

  TextLine(ZoneId zone, boolean traces) {
    this.zone = zone;
    this.traces = traces;
  }

  @Override
  public String format(LogRecord event) {
    StringBuilder line = new StringBuilder(120);
    time(line, LocalTime.ofInstant(event.getInstant(), zone));
    String level = LogLevel.word(event.getLevel());
    line.append(' ').append(level).append(" ".repeat(6 - level.length()));
    line.append(Voice.prefix(event.getLoggerName())).append(oneLine(formatMessage(event)));
    if (event.getThrown() != null) {
      line.append(": ").append(oneLine(ThrownLine.of(event.getThrown())));
      if (traces) {
        line.append(System.lineSeparator())
            .append(ThrownLine.trace(event.getThrown()).stripTrailing());
      }
    }
    return line.append(System.lineSeparator()).toString();
  }

  private static String oneLine(String message) {
    return message.replaceAll("[\\p{Cntrl}\u0085\u2028\u2029]+", " ").strip();
  }

  /** By hand: the first use of a DateTimeFormatter costs a process start tens of milliseconds. */
  private static void time(StringBuilder line, LocalTime time) {
    digits(line, time.getHour(), 2);
    digits(line, time.getMinute(), 2, ':');
    digits(line, time.getSecond(), 2, ':');
    digits(line, time.getNano() / 1_000_000, 3, '.');
  }

  private static void digits(StringBuilder line, int number, int width, char before) {
    digits(line.append(before), number, width);
  }

  private static void digits(StringBuilder line, int number, int width) {
    String text = Integer.toString(number);
    line.append("0".repeat(width - text.length())).append(text);
  }
}

package dev.rollcall.discovery.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes each event at once, whole, whoever logs. A stream that is gone costs only the line. */
final class LineHandler extends Handler {

  private final OutputStream out;

  LineHandler(OutputStream out, Formatter formatter) {
    this.out = out;
    setFormatter(formatter);
  }

  @Override
  public void publish(LogRecord event) {
    if (!isLoggable(event)) {
      return;
    }
    byte[] line = getFormatter().format(event).getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      try {
        out.write(line);
        out.flush();
      } catch (IOException nobodyReads) {
        // Nowhere to tell it.
      }
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

package dev.rollcall.proxy.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.logging.LogOptions;
import dev.rollcall.discovery.logging.Logging;
import java.io.ByteArrayOutputStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What a person would see in the process's log, from its making until it is closed. */
final class CapturedLog implements AutoCloseable {

  private static final Logger ROOT = Logger.getLogger("");

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Handler[] handlers = ROOT.getHandlers();
  private final Level level = ROOT.getLevel();

  CapturedLog() {
    Logging.start(LogOptions.DEFAULT, lines);
  }

  /** Whatever strangers send is counted and answered, but no news: not one line. */
  void mustBeEmpty() {
    assertThat(lines.toString(UTF_8)).as("the log").isEmpty();
  }

  @Override
  public void close() {
    for (Handler ours : ROOT.getHandlers()) {
      ROOT.removeHandler(ours);
    }
    for (Handler before : handlers) {
      ROOT.addHandler(before);
    }
    ROOT.setLevel(level);
  }
}

package dev.rollcall.discovery.hazelcast;

import dev.rollcall.discovery.Await;
import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs, while this is open; nobody else sees it meanwhile. */
final class Said extends Handler implements AutoCloseable {

  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private Said(Logger logger) {
    this.logger = logger;
  }

  static Said by(Class<?> speaker) {
    Said said = new Said(Logger.getLogger(speaker.getName()));
    said.logger.addHandler(said);
    said.logger.setUseParentHandlers(false);
    return said;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  void awaits(String line) {
    Await.until(() -> lines.contains(line), () -> line + " among " + lines);
  }

  @Override
  public void publish(LogRecord event) {
    Object[] parameters = event.getParameters();
    lines.add(
        parameters == null
            ? event.getMessage()
            : MessageFormat.format(event.getMessage(), parameters));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}

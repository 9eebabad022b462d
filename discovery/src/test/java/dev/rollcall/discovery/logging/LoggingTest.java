package dev.rollcall.discovery.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {

  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("dev.rollcall.x");
  private static final Logger LIBRARY = Logger.getLogger("io.netty.x");

  private final List<Handler> handlersBefore = List.of(ROOT.getHandlers());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    handlersBefore.forEach(ROOT::addHandler);
    ROOT.setLevel(Level.INFO);
    Logger.getLogger("dev.rollcall").setLevel(null);
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  @Test
  void keepsLibrariesQuietAtInfo() {
    start(LogLevel.INFO);

    assertThat(said()).containsExactly("info  ours", "error ours", "error netty: theirs");
  }

  @Test
  void hearsLibrariesAtDebug() {
    start(LogLevel.DEBUG);

    assertThat(said())
        .containsExactly(
            "debug ours", "info  ours", "error ours", "info  netty: theirs", "error netty: theirs");
  }

  @Test
  void keepsQuietAboutBrokenConnectionsOfLibraries() {
    start(LogLevel.INFO);

    LIBRARY.log(Level.SEVERE, "theirs", new IOException("Connection reset"));
    OURS.log(Level.SEVERE, "ours", new IOException("disk full"));

    assertThat(lines()).singleElement().asString().contains("error ours: IOException: disk full");
  }

  @Test
  void hearsOfBrokenConnectionsAtDebug() {
    start(LogLevel.DEBUG);

    LIBRARY.log(Level.SEVERE, "theirs", new IOException("Connection reset"));

    assertThat(lines().get(0)).contains("error netty: theirs: IOException: Connection reset");
  }

  @Test
  void saysOnlyErrorsAtError() {
    start(LogLevel.ERROR);

    assertThat(said()).containsExactly("error ours", "error netty: theirs");
  }

  @Test
  void tellsOfADeadThread() throws InterruptedException {
    start(LogLevel.INFO);
    Thread thread =
        new Thread(
            () -> {
              throw new IllegalStateException("no more");
            },
            "worker");

    thread.start();
    thread.join();

    assertThat(lines())
        .singleElement()
        .asString()
        .contains("error thread worker died: IllegalStateException: no more");
  }

  private void start(LogLevel level) {
    Logging.start(new LogOptions(LogFormat.TEXT, level), out);
  }

  private List<String> said() {
    for (Level level : List.of(Level.FINE, Level.INFO, Level.SEVERE)) {
      OURS.log(level, "ours");
    }
    for (Level level : List.of(Level.FINE, Level.INFO, Level.SEVERE)) {
      LIBRARY.log(level, "theirs");
    }
    return lines().stream().map(line -> line.substring("HH:mm:ss.SSS ".length())).toList();
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}

package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SettingsWatchTest {

  @TempDir Path dir;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private Path file = Path.of("x");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(dir.resolve("settings.yml"), "before");
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void watch() throws Exception {
    assertThat(SettingsWatch.start(vertx, file, this::read)).isTrue();
    assertThat(next()).as("at the first look").isEqualTo("before");
  }

  private void read() {
    try {
      heard.add(Files.readString(file));
    } catch (IOException unreadable) {
      heard.add(unreadable.toString());
    }
  }

  private String next() throws InterruptedException {
    return heard.poll(50, TimeUnit.SECONDS);
  }

  @Test
  void hearsOfAFileThatIsWrittenInPlace() throws Exception {
    watch();
    Files.writeString(file, "after");

    assertThat(next()).isEqualTo("after");
  }

  @Test
  void hearsOfAFileThatTakesAnothersPlaceWithItsSizeAndTime() throws Exception {
    FileTime time = Files.getLastModifiedTime(file);
    watch();
    Path other = Files.writeString(dir.resolve("other"), "beyond");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    assertThat(next()).isEqualTo("beyond");
  }

  @Test
  void hearsOfALinkThatLeadsElsewhere() throws Exception {
    Path there = Files.createDirectory(dir.resolve("2"));
    Files.writeString(there.resolve("settings.yml"), "mounted");
    Path link = Files.createSymbolicLink(dir.resolve("data"), dir);
    file = link.resolve("settings.yml");
    watch();
    Path swap = Files.createSymbolicLink(dir.resolve("data.new"), there);
    Files.move(swap, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    assertThat(next()).isEqualTo("mounted");
  }

  @Test
  void saysNothingOfAFileThatWasOnlyTouched() throws Exception {
    watch();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    touchedThenWritten();

    assertThat(next()).as("the first that is heard").isEqualTo("after");
  }

  /** The touch has been looked at when a timer as long as three looks is over. */
  private void touchedThenWritten() throws Exception {
    vertx
        .timer(3 * SettingsWatch.INTERVAL.toMillis())
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
    Files.writeString(file, "after");
  }

  @Test
  void hearsOfAFileThatWasGoneForAWhile() throws Exception {
    watch();
    Files.delete(file);
    vertx
        .timer(3 * SettingsWatch.INTERVAL.toMillis())
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
    Files.writeString(file, "back");

    assertThat(next()).isEqualTo("back");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void leavesAPipeAlone() throws Exception {
    Path pipe = dir.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(dir.resolve("stdin"), pipe);

    assertThat(SettingsWatch.start(vertx, pipe, this::read)).isFalse();
    assertThat(SettingsWatch.start(vertx, link, this::read)).isFalse();
  }

  @Test
  void followsALinkToAFile() throws Exception {
    file = Files.createSymbolicLink(dir.resolve("link"), file);
    watch();
  }

  @Test
  void tellsOfAFileThatIsGoneAtTheFirstLookAndHearsOfItsReturn() throws Exception {
    Files.delete(file);
    Handler told = warnings();
    Logger log = Logger.getLogger(SettingsWatch.class.getName());
    log.addHandler(told);
    try {
      SettingsWatch.start(vertx, file, this::read);

      assertThat(next())
          .isEqualTo("settings not reloaded, the old ones stay: " + file + ": missing");
    } finally {
      log.removeHandler(told);
    }
    Files.writeString(file, "back");

    assertThat(next()).isEqualTo("back");
  }

  private Handler warnings() {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        heard.add(line.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}

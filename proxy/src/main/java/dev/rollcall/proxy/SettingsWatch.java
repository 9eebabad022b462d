package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.Unreadable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a file has other content than before, however it came to that: written in place,
 * renamed over it, or a link that leads elsewhere (as mounted volumes do). Looks once a second
 * rather than wait for events, which network and container mounts don't send; acts when two looks
 * agree, so that a half-written file isn't read.
 */
final class SettingsWatch {

  static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = Logger.getLogger(SettingsWatch.class.getName());

  /** What tells cheaply that it may be another file. */
  private record Stamp(long modified, long size, @Nullable Object file) {}

  private final Path file;
  private final Runnable changed;
  private @Nullable Stamp seen;
  private @Nullable Stamp settled;
  private byte @Nullable [] content;
  private boolean looked;
  private boolean missing;

  private SettingsWatch(Path file, Runnable changed) {
    this.file = file;
    this.changed = changed;
    this.seen = stamp();
  }

  /**
   * Watches until the Vertx is closed; a pipe not at all.
   *
   * @param changed called on a worker; at the first look, too: between the reading that a start was
   *     made with and this the file may have changed
   * @return false for what can be read only once
   */
  static boolean start(Vertx vertx, Path file, Runnable changed) {
    if (isReadOnce(file)) {
      return false;
    }
    SettingsWatch watch = new SettingsWatch(file, changed);
    vertx.setPeriodic(INTERVAL.toMillis(), timer -> vertx.executeBlocking(watch::look));
    return true;
  }

  /**
   * A pipe is empty, or blocks, the second time: read again, every setting would be its default.
   */
  private static boolean isReadOnce(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
  }

  /** One look at a time: ordered workers of one context. */
  private synchronized boolean look() {
    Stamp now = stamp();
    boolean rests = Objects.equals(now, seen);
    seen = now;
    if (!rests || (looked && Objects.equals(now, settled))) {
      return false;
    }
    looked = true;
    settled = now;
    if (now == null) {
      LOG.warning(
          "settings not reloaded, the old ones stay: " + file + ": " + Unreadable.why(file));
      missing = true;
      return false;
    }
    byte[] then = content;
    byte[] found = content();
    content = found;
    if (then != null && Arrays.equals(then, found) && !missing) {
      return false;
    }
    missing = false;
    changed.run();
    return true;
  }

  private @Nullable Stamp stamp() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(now.lastModifiedTime().toMillis(), now.size(), now.fileKey());
    } catch (IOException nowhere) {
      return null;
    }
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      return new byte[0];
    }
  }
}

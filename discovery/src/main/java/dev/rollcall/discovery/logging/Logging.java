package dev.rollcall.discovery.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Sets up the log of a process. Only mains call it; everybody else takes a {@link Logger} by class
 * name.
 */
public final class Logging {

  // Held here, because java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("dev.rollcall");

  /**
   * These tell at error level what they throw as well, and what is thrown is told by us. Hazelcast
   * also tells of each request whose client is gone, and Vert.x of each connection that broke off
   * before it had said anything.
   */
  private static final List<Logger> REPEATERS =
      List.of(
          Logger.getLogger("com.hazelcast"),
          Logger.getLogger("io.vertx.core.impl.VertxImpl"),
          Logger.getLogger("io.vertx.core.net.impl.ConnectionBase"));

  private Logging() {}

  /** Logs to this stream from now on, and nowhere else. */
  public static void start(LogOptions options, OutputStream out) {
    for (Handler old : ROOT.getHandlers()) {
      ROOT.removeHandler(old);
    }
    Handler handler = new LineHandler(out, options.format().formatter(options.level().traces()));
    handler.setLevel(Level.ALL);
    handler.setFilter(options.level().traces() ? null : Logging::concernsPeople);
    ROOT.addHandler(handler);
    ROOT.setLevel(options.level().libraries());
    OURS.setLevel(options.level().own());
    REPEATERS.forEach(logger -> logger.setLevel(options.level().traces() ? null : Level.OFF));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> OURS.log(Level.SEVERE, "thread " + thread.getName() + " died", thrown));
  }

  /** A connection that broke off is no error of ours: who used it tells what follows from it. */
  private static boolean concernsPeople(LogRecord event) {
    return !(event.getThrown() instanceof IOException) || Voice.isOurs(event.getLoggerName());
  }
}

package dev.rollcall.proxy.accesslog;

import dev.rollcall.proxy.forward.FinishedRequest;
import dev.rollcall.proxy.forward.RequestLog;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which requests are written, by a {@link LineWriter}: traffic never waits for it. Any thread. */
public final class AccessLog implements RequestLog, AutoCloseable {

  private static final Duration LAST_LINES = Duration.ofSeconds(1);

  private final @Nullable LineWriter writer;
  private final AccessLogOptions options;
  private final IntUnaryOperator random;

  private AccessLog(OutputStream out, AccessLogOptions options, IntUnaryOperator random) {
    this.writer =
        options.format() == AccessLogFormat.OFF
            ? null
            : new LineWriter(LineFormat.of(options.format(), ZoneId.systemDefault()), out);
    this.options = options;
    this.random = random;
  }

  /** Begins to write, unless the format is off. */
  public static AccessLog to(OutputStream out, AccessLogOptions options) {
    return to(out, options, bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  /**
   * @param random a number from 0 to below the one it is given; any thread
   */
  static AccessLog to(OutputStream out, AccessLogOptions options, IntUnaryOperator random) {
    AccessLog log = new AccessLog(out, options, random);
    if (log.writer != null) {
      log.writer.start();
    }
    return log;
  }

  @Override
  public boolean isOn() {
    return writer != null;
  }

  @Override
  public void finished(FinishedRequest request) {
    if (writer != null && isWanted(request)) {
      writer.offer(request);
    }
  }

  private boolean isWanted(FinishedRequest request) {
    return request.hasFailed()
        || (options.only() == AccessLogOptions.Only.ALL
            && (options.sample() == 1 || random.applyAsInt(options.sample()) == 0));
  }

  /** Requests that went unlogged since the start. */
  public long dropped() {
    return writer == null ? 0 : writer.dropped();
  }

  /** Writes what waits, for at most a second. */
  @Override
  public void close() {
    if (writer != null) {
      writer.close(LAST_LINES);
    }
  }
}

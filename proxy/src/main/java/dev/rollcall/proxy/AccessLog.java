package dev.rollcall.proxy;

import dev.rollcall.proxy.admin.AccessLogFormat;
import dev.rollcall.proxy.forward.FinishedRequest;
import dev.rollcall.proxy.forward.RequestLog;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntUnaryOperator;

/**
 * One line for each request, written by a thread of its own. Traffic never waits for it: when the
 * reader of the lines is too slow, requests go unlogged and are counted.
 */
final class AccessLog implements RequestLog, AutoCloseable {

  private static final int MOST_WAITING = 16 * 1024;
  private static final FinishedRequest END = AccessLogLine.nobody();

  private final BlockingQueue<FinishedRequest> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder dropped = new LongAdder();
  private final AccessLogLine line;
  private final PrintStream out;
  private final boolean on;
  private final AccessLogOptions options;
  private final IntUnaryOperator random;
  private final Thread writer = new Thread(this::write, "access-log");

  private AccessLog(
      OutputStream out, AccessLogOptions options, Clock clock, IntUnaryOperator random) {
    this.out = new PrintStream(new BufferedOutputStream(out, 64 * 1024), false);
    this.line = new AccessLogLine(options.format(), clock);
    this.on = options.format() != AccessLogFormat.OFF;
    this.options = options;
    this.random = random;
    writer.setDaemon(true);
  }

  /** Begins to write, unless the format is off. */
  static AccessLog to(OutputStream out, AccessLogOptions options) {
    return to(out, options, bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  /**
   * @param random a number from 0 to below the one it is given; any thread
   */
  static AccessLog to(OutputStream out, AccessLogOptions options, IntUnaryOperator random) {
    AccessLog log = new AccessLog(out, options, Clock.systemDefaultZone(), random);
    if (log.on) {
      log.writer.start();
    }
    return log;
  }

  @Override
  public boolean isOn() {
    return on;
  }

  @Override
  public void finished(FinishedRequest request) {
    if (isWanted(request) && !waiting.offer(request)) {
      dropped.increment();
    }
  }

  private boolean isWanted(FinishedRequest request) {
    return request.hasFailed()
        || (options.only() == AccessLogOptions.Only.ALL
            && (options.sample() == 1 || random.applyAsInt(options.sample()) == 0));
  }

  /** Requests that went unlogged since the start. */
  long dropped() {
    return dropped.sum();
  }

  /** Writes what waits, for at most a second. */
  @Override
  public void close() {
    if (!on) {
      return;
    }
    try {
      if (waiting.offer(END, 1, TimeUnit.SECONDS)) {
        writer.join(1000);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try {
      while (true) {
        FinishedRequest next = waiting.poll();
        if (next == null) {
          out.flush();
          next = waiting.take();
        }
        if (next == END) {
          out.flush();
          return;
        }
        out.println(line.of(next));
      }
    } catch (InterruptedException stopped) {
      out.flush();
    }
  }
}

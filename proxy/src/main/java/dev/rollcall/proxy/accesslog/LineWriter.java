package dev.rollcall.proxy.accesslog;

import dev.rollcall.discovery.logging.OwnFaults;
import dev.rollcall.proxy.forward.FinishedRequest;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that makes lines of requests and writes them, many at a time: what waits is looked for
 * every ten milliseconds, so that traffic wakes it only after a silence. When the reader of the
 * lines is too slow or gone, requests go unwritten and are counted.
 */
final class LineWriter {

  private static final int MOST_WAITING = 16 * 1024;
  private static final int MOST_AT_ONCE = 64 * 1024;
  private static final Duration BETWEEN = Duration.ofMillis(10);

  private static final System.Logger LOG = System.getLogger(LineWriter.class.getName());

  private final Queue<FinishedRequest> waiting = PlatformDependent.newFixedMpscQueue(MOST_WAITING);
  private final LongAdder dropped = new LongAdder();
  private final Line line = new Line();
  private final OwnFaults faults = new OwnFaults();
  private final LineFormat format;
  private final OutputStream out;
  private final Thread thread = new Thread(this::run, "access-log");
  private volatile boolean asleep;
  private volatile boolean closing;

  /** The last lines were not taken. */
  private boolean failing;

  LineWriter(LineFormat format, OutputStream out) {
    this.format = format;
    this.out = out;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Any thread; returns at once. */
  void offer(FinishedRequest request) {
    if (!waiting.offer(request)) {
      dropped.increment();
    } else if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
  }

  /** Requests that went unwritten since the start. Any thread. */
  long dropped() {
    return dropped.sum();
  }

  /** Ends when what waits has been written, or when the time is over. */
  void close(Duration patience) {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (true) {
      boolean last = closing;
      if (writeAll()) {
        if (!closing) {
          LockSupport.parkNanos(this, BETWEEN.toNanos());
        }
      } else if (last) {
        return;
      } else {
        sleep();
      }
    }
  }

  /** Until somebody offers something: who does so looks whether we sleep afterwards. */
  private void sleep() {
    asleep = true;
    if (waiting.isEmpty() && !closing) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  /** False: nothing waited. */
  private boolean writeAll() {
    FinishedRequest next = waiting.poll();
    boolean any = next != null;
    long lines = 0;
    while (next != null) {
      if (add(next)) {
        lines++;
      }
      next = waiting.poll();
      if (next == null || line.length() >= MOST_AT_ONCE) {
        write(lines);
        lines = 0;
      }
    }
    return any;
  }

  private boolean add(FinishedRequest request) {
    int before = line.length();
    try {
      format.add(request, line);
      line.add('\n');
      return true;
    } catch (RuntimeException | Error unwritable) {
      faults.tell("a line of the access log", unwritable);
      line.cut(before);
      dropped.increment();
      return false;
    }
  }

  private void write(long lines) {
    try {
      line.writeTo(out);
      told(null);
    } catch (IOException | RuntimeException | Error gone) {
      line.cut(0);
      dropped.add(lines);
      told(gone);
    }
  }

  /** Once when nobody takes the lines any more, and once when somebody does again. */
  private void told(@Nullable Throwable gone) {
    if (failing == (gone != null)) {
      return;
    }
    failing = gone != null;
    if (gone != null) {
      String why = "the access log can't be written; its lines are dropped and counted";
      LOG.log(System.Logger.Level.ERROR, why, gone);
    } else {
      LOG.log(System.Logger.Level.INFO, "the access log is written again");
    }
  }
}

package dev.rollcall.proxy.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.FinishedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong where lines are made or written: it is told once, and lines are counted. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LineWriterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final FinishedRequest REQUEST = request(200);

  private final Logger logger = Logger.getLogger(LineWriter.class.getName());
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Handler ear =
      new Handler() {
        @Override
        public void publish(LogRecord event) {
          told.add(event.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final Pipe pipe = new Pipe();

  /** Whoever reads it may go, and come back. */
  private static final class Pipe extends OutputStream {

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private volatile boolean broken;

    @Override
    public void write(int one) throws IOException {
      if (broken) {
        throw new IOException("Broken pipe");
      }
      read.write(one);
    }

    String read() {
      return read.toString(StandardCharsets.US_ASCII);
    }
  }

  @BeforeEach
  void listen() {
    logger.setLevel(Level.ALL);
    logger.addHandler(ear);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(ear);
    logger.setLevel(null);
  }

  private static void add(FinishedRequest request, Line line) {
    line.add(request.method());
  }

  @Test
  void aReaderThatIsGoneIsToldOnceAndItsLinesAreCounted() {
    LineWriter writer = new LineWriter(LineWriterTest::add, pipe);
    writer.start();
    pipe.broken = true;
    for (int lost = 1; lost <= 3; lost++) {
      writer.offer(REQUEST);
      awaitDropped(writer, lost);
    }
    assertThat(told)
        .containsExactly("the access log can't be written; its lines are dropped and counted");
    pipe.broken = false;
    writer.offer(REQUEST);
    writer.close(PATIENCE);
    assertThat(pipe.read()).isEqualTo("GET\n");
    assertThat(told).hasSize(2).last().isEqualTo("the access log is written again");
  }

  @Test
  void aLineThatCannotBeMadeCostsNoOther() {
    LineWriter writer =
        new LineWriter(
            (request, line) -> {
              line.add("half");
              if (request.status() == 500) {
                throw new LinkageError("a fault of ours");
              }
            },
            pipe);
    writer.start();
    writer.offer(request(500));
    awaitDropped(writer, 1);
    writer.offer(REQUEST);
    writer.close(PATIENCE);
    assertThat(pipe.read()).isEqualTo("half\n");
  }

  private static FinishedRequest request(int status) {
    return new FinishedRequest(
        0,
        "10.0.0.9",
        "GET",
        "/",
        "HTTP/1.1",
        status,
        0,
        1,
        "f",
        "hello",
        null,
        null,
        null,
        List.of());
  }

  private static void awaitDropped(LineWriter writer, long count) {
    while (writer.dropped() < count) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}

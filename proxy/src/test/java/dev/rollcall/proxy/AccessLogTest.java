package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.AccessLogOptions.Only;
import dev.rollcall.proxy.admin.AccessLogFormat;
import dev.rollcall.proxy.forward.FinishedRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AccessLogTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:20:30Z"), ZoneOffset.UTC);

  private static final FinishedRequest REQUEST =
      new FinishedRequest(
          "10.0.0.9",
          "GET",
          "/a?b=\"c\"",
          "HTTP/1.1",
          200,
          17,
          2_345_678,
          "f00d",
          "hello",
          null,
          "cu\nrl",
          List.of(
              new FinishedRequest.Try("hello-1", 1_000_000, "connection refused"),
              new FinishedRequest.Try("hello-2", 1_200_000, "ok")));

  @Test
  void combinedIsOneLineWhateverTheClientSent() {
    assertThat(new AccessLogLine(AccessLogFormat.COMBINED, CLOCK).of(REQUEST))
        .isEqualTo(
            "10.0.0.9 - - [22/Nov/2026:10:20:30 +0000] \"GET /a?b=\\\"c\\\" HTTP/1.1\" 200 17"
                + " \"-\" \"cu\\x0arl\" 2.346 \"hello-1 1.0 connection refused, hello-2 1.2 ok\"");
  }

  @Test
  void jsonNamesEveryTry() {
    JsonObject line = new JsonObject(new AccessLogLine(AccessLogFormat.JSON, CLOCK).of(REQUEST));
    assertThat(line.getDouble("ms")).isEqualTo(2.346);
    assertThat(line.getJsonArray("tries")).hasSize(2);
    assertThat(line.getJsonArray("tries").getJsonObject(0).getString("outcome"))
        .isEqualTo("connection refused");
    assertThat(line.encode()).doesNotContain("\n");
  }

  @Test
  void writesWhatWaitsBeforeItCloses() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AccessLog log = AccessLog.to(out, new AccessLogOptions(AccessLogFormat.COMBINED, Only.ALL, 1));
    for (int i = 0; i < 100; i++) {
      log.finished(REQUEST);
    }
    log.close();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(100);
    assertThat(log.dropped()).isZero();
  }

  @Test
  void isSilentWhenOff() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AccessLog log = AccessLog.to(out, AccessLogOptions.OFF)) {
      assertThat(log.isOn()).isFalse();
    }
    assertThat(out.size()).isZero();
  }

  @Test
  void aSampleHasEveryErrorAndOneInSoManyOfTheRest() {
    assertThat(logged(new AccessLogOptions(AccessLogFormat.COMBINED, Only.ALL, 10)))
        .hasSize(3 + 100 / 10);
  }

  @Test
  void onlyErrorsHasThemAlone() {
    assertThat(logged(new AccessLogOptions(AccessLogFormat.COMBINED, Only.ERRORS, 1)))
        .hasSize(3)
        .allMatch(
            line -> line.contains(" 502 ") || line.contains(" 499 ") || line.contains("refused"));
  }

  /**
   * A hundred that went well; a 502, one whose client left, and one that another instance saved.
   */
  private static List<String> logged(AccessLogOptions options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicInteger turn = new AtomicInteger();
    AccessLog log = AccessLog.to(out, options, bound -> turn.getAndIncrement() % bound);
    FinishedRequest.Try well = new FinishedRequest.Try("hello-1", 1_000, FinishedRequest.OK);
    for (int i = 0; i < 100; i++) {
      log.finished(request(i % 2 == 0 ? 200 : 404, well));
    }
    log.finished(request(502));
    log.finished(request(FinishedRequest.CLIENT_GONE, well));
    log.finished(REQUEST);
    log.close();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static FinishedRequest request(int status, FinishedRequest.Try... tries) {
    return new FinishedRequest(
        "10.0.0.9", "GET", "/", "HTTP/1.1", status, 0, 1, "f", "hello", null, null, List.of(tries));
  }

  @Test
  void aReaderThatHangsCostsLinesThatAreCounted() {
    HangingOutput hanging = new HangingOutput();
    AccessLog log =
        AccessLog.to(hanging, new AccessLogOptions(AccessLogFormat.COMBINED, Only.ALL, 1));
    for (int i = 0; i < 40_000; i++) {
      log.finished(REQUEST);
    }

    assertThat(log.dropped()).isPositive();
    hanging.go.countDown();
    log.close();
  }

  private static final class HangingOutput extends OutputStream {

    private final CountDownLatch go = new CountDownLatch(1);

    @Override
    public void write(int b) throws IOException {
      try {
        go.await();
      } catch (InterruptedException stopped) {
        throw new InterruptedIOException();
      }
    }
  }
}

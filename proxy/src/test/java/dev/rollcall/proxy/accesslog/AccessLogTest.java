package dev.rollcall.proxy.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.accesslog.AccessLogOptions.Only;
import dev.rollcall.proxy.forward.FinishedRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessLogTest {

  private static final long AT = Instant.parse("2026-11-22T10:20:30.045Z").toEpochMilli();

  private static final FinishedRequest REQUEST =
      new FinishedRequest(
          AT,
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
          null,
          "cu\nrl",
          List.of(
              new FinishedRequest.Try("hello-1", 1_000_000, "connection refused"),
              new FinishedRequest.Try("hello-2", 1_200_000, "ok")));

  @Test
  void combinedIsOneLineWhateverTheClientSent() {
    assertThat(line(AccessLogFormat.COMBINED, REQUEST))
        .isEqualTo(
            "10.0.0.9 - - [22/Nov/2026:10:20:30 +0000] \"GET /a?b=\\\"c\\\" HTTP/1.1\" 200 17"
                + " \"-\" \"cu\\x0arl\" 2.346 \"hello-1 1.000 connection refused, hello-2 1.200 ok\"");
  }

  @Test
  void jsonSaysWhyTheProxyRefused() {
    assertThat(new JsonObject(line(AccessLogFormat.JSON, request(503))).getString("reason"))
        .isEqualTo("nobody");
    assertThat(new JsonObject(line(AccessLogFormat.JSON, REQUEST)).containsKey("reason")).isFalse();
    assertThat(line(AccessLogFormat.COMBINED, request(503))).doesNotContain("nobody");
  }

  @Test
  void jsonNamesEveryTry() {
    JsonObject line = new JsonObject(line(AccessLogFormat.JSON, REQUEST));
    assertThat(line.getString("at")).isEqualTo("2026-11-22T10:20:30.045Z");
    assertThat(line.getString("client")).isEqualTo("10.0.0.9");
    assertThat(line.getString("target")).isEqualTo("/a?b=\"c\"");
    assertThat(line.getInteger("status")).isEqualTo(200);
    assertThat(line.getInteger("bytes")).isEqualTo(17);
    assertThat(line.getString("referer")).isNull();
    assertThat(line.getString("userAgent")).isEqualTo("cu\nrl");
    assertThat(line.getDouble("ms")).isEqualTo(2.346);
    assertThat(line.getJsonArray("tries")).hasSize(2);
    assertThat(line.getJsonArray("tries").getJsonObject(0).getString("outcome"))
        .isEqualTo("connection refused");
    assertThat(line.encode()).doesNotContain("\n");
  }

  @ParameterizedTest
  @EnumSource(value = AccessLogFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "OFF")
  void isAsciiWhateverTheClientSent(AccessLogFormat format) {
    StringBuilder everything = new StringBuilder();
    for (char c = 0; c < 0x250; c++) {
      everything.append(c);
    }
    FinishedRequest.Try well = new FinishedRequest.Try("hällo", 1, FinishedRequest.OK);
    String line = line(format, request(200, everything.append("\ud83d").toString(), well));
    assertThat(line).matches("[ -~]+");
    if (format == AccessLogFormat.JSON) {
      assertThat(new JsonObject(line).getString("target")).isEqualTo(everything.toString());
    }
  }

  @Test
  void timesAreInMillisecondsWithThreeDigits() {
    FinishedRequest quick = request(200, "/", new FinishedRequest.Try("a", 400, "ok"));
    FinishedRequest slow =
        request(200, "/", new FinishedRequest.Try("a", 36_000_000_000_501L, "ok"));
    assertThat(line(AccessLogFormat.COMBINED, quick)).endsWith("\"a 0.000 ok\"");
    assertThat(line(AccessLogFormat.COMBINED, slow)).endsWith("\"a 36000000.001 ok\"");
  }

  private static String line(AccessLogFormat format, FinishedRequest request) {
    Line line = new Line();
    LineFormat.of(format, ZoneOffset.UTC).add(request, line);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      line.writeTo(out);
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
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
    return request(status, "/", tries);
  }

  private static FinishedRequest request(int status, String target, FinishedRequest.Try... tries) {
    return new FinishedRequest(
        AT,
        "10.0.0.9",
        "GET",
        target,
        "HTTP/1.1",
        status,
        0,
        1,
        "f",
        "hello",
        status == 503 ? "nobody" : null,
        null,
        null,
        List.of(tries));
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

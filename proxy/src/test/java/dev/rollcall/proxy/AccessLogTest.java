package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.admin.AccessLogFormat;
import dev.rollcall.proxy.forward.FinishedRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
                + " \"-\" \"cu\\x0arl\"");
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
    AccessLog log = AccessLog.to(out, AccessLogFormat.COMBINED);
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
    try (AccessLog log = AccessLog.to(out, AccessLogFormat.OFF)) {
      assertThat(log.isOn()).isFalse();
    }
    assertThat(out.size()).isZero();
  }
}

package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.admin.AdminWorld.Answer;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {

  private final AdminWorld world = AdminWorld.withToken();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:9090",
        "localhost:9090",
        "LOCALHOST",
        "[::1]:9090",
        "10.1.2.3",
        "proxy:9090",
        "rollcall.localhost",
        "ops.example.org",
        "OPS.example.org:9090"
      })
  void isKnownByAddressesAndItsOwnNames(String host) {
    assertThat(as(host, "/api/v1/services").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:9090",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "1.2.3",
        "ops.example.org.evil.example"
      })
  void isNotKnownByAStrangersName(String host) {
    for (String path :
        new String[] {"/", "/api/v1/services", "/api/v1/events", "/metrics", "/nothing"}) {
      Answer answer = as(host, path);
      assertThat(answer.status()).as(path).isEqualTo(421);
      assertThat(answer.detail()).contains("admin.hosts");
    }
    assertThat(as(host, "/health/live").status()).isEqualTo(200);
  }

  @Test
  void everyAnswerTellsBrowsersToBeCareful() {
    for (String path :
        new String[] {"/", "/metrics", "/health/live", "/api/v1/services", "/nothing"}) {
      Answer answer = world.get(path);
      assertThat(answer.headers().get("Content-Security-Policy"))
          .as(path)
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'");
      assertThat(answer.headers().get("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.headers().get("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.headers().get("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.headers().contains("Access-Control-Allow-Origin")).isFalse();
    }
  }

  @Test
  void theDashboardMayRunItsOwnScriptAndStyleOnly() throws Exception {
    Answer page = world.get("/");

    assertThat(page.headers().get("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.headers().get("Content-Security-Policy"))
        .contains("script-src '" + digest(between(page.body(), "<script>", "</script>")) + "'")
        .contains("style-src '" + digest(between(page.body(), "<style>", "</style>")) + "'")
        .doesNotContain("unsafe");
    assertThat(page.body())
        .doesNotContainPattern("(?:src|href)=\"(?:https?:)?//")
        .doesNotContainPattern("url\\(|@import|import\\(")
        .doesNotContain("innerHTML")
        .doesNotContain("/*SCRIPT*/");
  }

  private Answer as(String host, String path) {
    return world.ask(HttpMethod.GET, path, null, Map.of("Host", host));
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static String digest(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }
}

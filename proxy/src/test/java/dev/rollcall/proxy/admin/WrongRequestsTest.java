package dev.rollcall.proxy.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.admin.AdminWorld.Answer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongRequestsTest {

  private static final String ONE = "/api/v1/services/web/instances/one";

  private final AdminWorld world = AdminWorld.withToken();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST   | /health/ready                   | GET, HEAD",
        "POST   | /api/v1/services                | GET, HEAD",
        "DELETE | /api/v1/events                  | GET",
        "GET    | /api/v1/instances/hello-1/drain | POST",
        "POST   | /api/v1/services/web/instances/one | DELETE, PUT",
      })
  void saysByWhichMethodsAPathIsKnown(String method, String path, String allow) {
    Answer answer = world.ask(HttpMethod.valueOf(method), path, null, Map.of());

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().get("Allow")).isEqualTo(allow);
    assertThat(answer.detail()).contains(allow);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/v1/instances/", "/api/v1/services/web", "/metrics/"})
  void knowsNoOtherPaths(String path) {
    assertThat(world.ask(HttpMethod.POST, path, null, Map.of()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics", "/health/live", "/api/v1/services", "/api/v1/explain"})
  void whoAsksForTheHeadOnlyGetsTheHead(String path) {
    Answer head = world.ask(HttpMethod.HEAD, path, null, Map.of());

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().get("Content-Type")).isNotEmpty();
  }

  @Test
  void takesJsonThatCurlCallsAForm() {
    Answer answer =
        world.ask(
            HttpMethod.PUT,
            ONE,
            "{\"port\": 80, \"metadata\": {\"share\": \"50%\", \"query\": \"a=1&b=%zz\"}}",
            asForm());

    assertThat(answer.status()).isEqualTo(201);
  }

  @Test
  void aFormThatIsTooLongIsTooLong() {
    Answer answer = world.ask(HttpMethod.PUT, ONE, "x".repeat(20_000), asForm());

    assertThat(answer.status()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({"method=%0a, method", "address=nowhere, address", "path=x, path"})
  void explainsOnlyWhatCouldBeAsked(String asked, String wrong) {
    Answer answer = world.get("/api/v1/explain?" + asked);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).startsWith(wrong + ": ").contains("expected: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a b\r\n"})
  void saysInOneLineThatTheRequestIsMalformed(String host) throws IOException {
    try (Socket client = new Socket("127.0.0.1", world.port)) {
      client.setSoTimeout(60_000);
      String request = "GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n";
      client.getOutputStream().write(request.getBytes(US_ASCII));

      assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 400 ")
          .contains("application/problem+json", "\"detail\":\"the request is malformed\"");
    }
  }

  private static Map<String, String> asForm() {
    return Map.of(
        "Authorization",
        "Bearer " + AdminWorld.TOKEN,
        "Content-Type",
        "application/x-www-form-urlencoded");
  }
}

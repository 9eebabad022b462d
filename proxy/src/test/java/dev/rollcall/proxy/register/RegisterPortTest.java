package dev.rollcall.proxy.register;

import static dev.rollcall.proxy.Await.await;
import static dev.rollcall.proxy.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.memory.InMemoryRegistry;
import dev.rollcall.discovery.settings.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegisterPortTest {

  private static final String TOKEN = "register me";
  private static final String KEY = "0123456789abcdef";
  private static final String ONE = "/api/v1/services/web/instances/one";

  private final Vertx vertx = Vertx.vertx();
  private final InMemoryRegistry registry = new InMemoryRegistry(vertx);
  private final List<InstanceChange> heard = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Registrar registrar = registry.registrar(2);
  private final int port = open();

  private int open() {
    registry.watch(heard::add);
    RegisterPort opened =
        new RegisterPort(
            vertx,
            "127.0.0.1",
            0,
            new Secret(TOKEN),
            new RegisterRoutes(() -> registrar),
            System::nanoTime);
    return await(
        Future.future(bound -> vertx.runOnContext(now -> opened.start().onComplete(bound))));
  }

  @AfterEach
  void close() {
    await(registry.close());
    await(vertx.close());
  }

  private record Answer(int status, JsonObject json, HttpResponse<String> response) {
    String detail() {
      return json.getString("detail");
    }
  }

  private Answer ask(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), new JsonObject(response.body()), response);
    } catch (Exception fault) {
      throw new AssertionError(fault);
    }
  }

  private Answer put(String path, String body, String key) {
    return ask("PUT", path, body, "Authorization", "Bearer " + TOKEN, "Rollcall-Key", key);
  }

  private Answer delete(String path, String key) {
    return ask("DELETE", path, null, "Authorization", "Bearer " + TOKEN, "Rollcall-Key", key);
  }

  @Test
  void registersRenewsAndLeaves() {
    Answer first = put(ONE, "{\"port\": 8000}", KEY);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json())
        .isEqualTo(
            new JsonObject()
                .put("id", "web~one")
                .put("endpoint", "127.0.0.1:8000")
                .put("heartbeat", "2s")
                .put("lease", "10s")
                .put("heldBy", "key"));
    assertThat(put(ONE, "{\"port\": 8000}", KEY).status()).isEqualTo(200);
    Answer left = delete(ONE + "?wait=1s", KEY);
    assertThat(left.status()).isEqualTo(200);
    assertThat(left.json()).isEqualTo(new JsonObject().put("id", "web~one").put("letGo", true));
    until(
        "it is heard that it left",
        () ->
            heard.stream()
                .anyMatch(
                    c ->
                        c instanceof InstanceChange.Registered r
                            && r.instance().state() == InstanceState.LEFT));
    assertThat(delete(ONE, KEY).status()).isEqualTo(404);
  }

  @Test
  void withoutAKeyAnIdBelongsToTheAddressThatItCameFrom() {
    String token = "Bearer " + TOKEN;
    Answer first = ask("PUT", ONE, "{\"port\": 8000}", "Authorization", token);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json().getString("heldBy")).isEqualTo("127.0.0.1");
    assertThat(ask("PUT", ONE, "{\"port\": 8000}", "Authorization", token).status()).isEqualTo(200);
    assertThat(put(ONE, "{\"port\": 8000}", KEY).status()).isEqualTo(409);
    assertThat(ask("DELETE", ONE, null, "Authorization", token).status()).isEqualTo(200);
  }

  @Test
  void withAKeyAnIdDoesNotBelongToItsAddress() {
    put(ONE, "{\"port\": 8000}", KEY);
    Answer without = ask("PUT", ONE, "{\"port\": 8000}", "Authorization", "Bearer " + TOKEN);
    assertThat(without.status()).isEqualTo(409);
    assertThat(without.response().headers().firstValue("Retry-After")).contains("10");
    assertThat(put(ONE, "{\"port\": 8000}", "address 127.0.0.1").status()).isEqualTo(400);
  }

  @Test
  void theTokenAloneChangesNothingOfWhatOthersRegistered() {
    put(ONE, "{\"port\": 8000}", KEY);
    Answer other = put(ONE, "{\"port\": 9999}", "another-key-of-somebody");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.detail()).contains("belongs to somebody else").doesNotContain(KEY);
    assertThat(delete(ONE, "anotherkeyof16characters").status()).isEqualTo(409);
    assertThat(put(ONE, "{\"port\": 8000}", KEY).json().getString("endpoint"))
        .isEqualTo("127.0.0.1:8000");
  }

  @Test
  void answersNobodyWithoutTheToken() {
    assertThat(ask("PUT", ONE, "{\"port\": 8000}").status()).isEqualTo(401);
    Answer wrong = ask("PUT", ONE, "{\"port\": 8000}", "Authorization", "Bearer guess");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.detail()).isEqualTo("this isn't register.token");
    for (int guess = 0; guess < 10; guess++) {
      ask("DELETE", ONE, null, "Authorization", "Bearer guess" + guess);
    }
    assertThat(put(ONE, "{\"port\": 8000}", KEY).status()).isEqualTo(429);
  }

  @Test
  void opensNothingElse() {
    for (String path : List.of("/", "/metrics", "/api/v1/services", "/api/v1/openapi.json")) {
      assertThat(ask("GET", path, null, "Authorization", "Bearer " + TOKEN).status())
          .as(path)
          .isEqualTo(404);
    }
    assertThat(
            ask("POST", "/api/v1/instances/web~one/drain", "", "Authorization", "Bearer " + TOKEN)
                .status())
        .isEqualTo(404);
    assertThat(ask("GET", ONE, null, "Authorization", "Bearer " + TOKEN).status()).isEqualTo(405);
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(put(ONE, "{\"port\": 0}", KEY).detail()).startsWith("port: 0 (expected");
    assertThat(put(ONE, "{\"port\": 80, \"host\": \"169.254.169.254\"}", KEY).status())
        .isEqualTo(400);
    assertThat(put(ONE, "{\"port\": 80}", "short").detail()).startsWith("Rollcall-Key");
    assertThat(put("/api/v1/services/web/instances/a~b", "{\"port\": 80}", KEY).detail())
        .startsWith("instance: a~b");
    assertThat(delete(ONE + "?wait=soon", KEY).detail()).startsWith("wait: soon");
    assertThat(put(ONE, " ".repeat(20_000), KEY).status()).isEqualTo(413);
  }

  @Test
  void takesNoMoreThanAllowed() {
    put(ONE, "{\"port\": 80}", KEY);
    put("/api/v1/services/web/instances/two", "{\"port\": 81}", KEY);
    until(
        "the limit is met",
        () -> put("/api/v1/services/web/instances/three", "{\"port\": 82}", KEY).status() == 503);
    assertThat(put(ONE, "{\"port\": 80}", KEY).status()).isEqualTo(200);
  }

  @Test
  void saysSoBeforeTheClusterIsJoined() {
    registrar = null;
    Answer answer = put(ONE, "{\"port\": 80}", KEY);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.detail()).contains("has not joined the cluster");
    assertThat(delete(ONE, KEY).status()).isEqualTo(503);
  }
}

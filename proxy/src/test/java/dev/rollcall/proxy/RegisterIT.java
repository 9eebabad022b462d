package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Reading;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program that knows nothing but HTTP, and whole proxies, by their settings. */
class RegisterIT {

  private static final long PATIENCE_SECONDS = 60;
  private static final String KEY = "0123456789abcdef";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<ProxyProcess> proxies = new ArrayList<>();
  private final Promise<Void> release = Promise.promise();
  private HttpServer server;

  private record Running(ProxyProcess proxy, ProxyProcess.Ports ports, String cluster) {
    URI url(String path) {
      return URI.create("http://127.0.0.1:" + ports.clients().get(0) + path);
    }

    URI instance() {
      return URI.create(
          "http://127.0.0.1:" + ports.register() + "/api/v1/services/web/instances/one");
    }
  }

  @BeforeEach
  void serve() throws Exception {
    server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      if (request.path().equals("/slow")) {
                        release.future().onComplete(now -> request.response().end("slow"));
                      } else {
                        request.response().end("hello");
                      }
                    })
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() throws Exception {
    for (ProxyProcess proxy : proxies) {
      await(proxy.stop());
    }
    await(vertx.close());
  }

  private Running start(@Nullable Running first) throws Exception {
    String cluster = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("ROLLCALL_HTTP_PORT", "0");
    environment.put("ROLLCALL_ADMIN_PORT", "0");
    environment.put("ROLLCALL_REGISTER_PORT", "0");
    environment.put("ROLLCALL_REGISTER_HOST", "127.0.0.1");
    environment.put("ROLLCALL_REGISTER_TOKEN", "register me");
    environment.put("ROLLCALL_SECRET", "correct horse");
    environment.put("ROLLCALL_CLUSTER_PORT", cluster);
    environment.put("ROLLCALL_CLUSTER_BUS_PORT", freePort());
    environment.put(
        "ROLLCALL_CLUSTER_MEMBERS", "127.0.0.1:" + (first == null ? cluster : first.cluster()));
    environment.put("ROLLCALL_DRAIN_TIMEOUT", "2s");
    Reading<ProxyOptions> reading = ProxyOptions.PROGRAM.read(null, environment);
    assertThat(reading.faults()).isEmpty();
    ProxyProcess proxy = new ProxyProcess(Objects.requireNonNull(reading.options()), "test");
    proxies.add(proxy);
    ProxyProcess.Ports ports = await(proxy.listen());
    await(proxy.join());
    return new Running(proxy, ports, cluster);
  }

  private HttpResponse<String> ask(String method, URI uri, String body) throws Exception {
    return client.send(request(method, uri, body), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(String method, URI uri, String body) {
    return HttpRequest.newBuilder(uri)
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .headers("Authorization", "Bearer register me", "Rollcall-Key", KEY)
        .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
        .build();
  }

  private int put(Running at) throws Exception {
    String body = "{\"port\": " + server.actualPort() + ", \"heartbeat\": \"500ms\"}";
    return ask("PUT", at.instance(), body).statusCode();
  }

  /** Once the proxy has reached its own registry. */
  private void register(Running at) throws Exception {
    until(() -> put(at) == 201);
  }

  private int status(Running at) throws Exception {
    HttpRequest get = HttpRequest.newBuilder(at.url("/")).build();
    return client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  @Test
  void takesTrafficOnceItIsRegisteredAndNoneWhenItsLeaseHasEnded() throws Exception {
    Running proxy = start(null);
    assertThat(status(proxy)).isEqualTo(503);
    register(proxy);
    until(() -> status(proxy) == 200);
    assertThat(put(proxy)).isEqualTo(200);
    // Nobody renews it: it answers still, but nobody knows for whom.
    until(() -> status(proxy) == 503);
    assertThat(put(proxy)).isEqualTo(200);
    until(() -> status(proxy) == 200);
  }

  @Test
  void aServerThatDiesIsGoneBeforeItsLease() throws Exception {
    Running proxy = start(null);
    register(proxy);
    until(() -> status(proxy) == 200);
    await(server.close());
    until(() -> put(proxy) == 200 && status(proxy) == 503);
  }

  @Test
  void leavingWaitsForRequestsUnderWay() throws Exception {
    Running proxy = start(null);
    register(proxy);
    until(() -> status(proxy) == 200);
    CompletableFuture<HttpResponse<String>> slow =
        client.sendAsync(
            HttpRequest.newBuilder(proxy.url("/slow")).build(),
            HttpResponse.BodyHandlers.ofString());
    until(() -> inFlight(proxy) == 1);
    CompletableFuture<HttpResponse<String>> left =
        client.sendAsync(
            request("DELETE", URI.create(proxy.instance() + "?wait=50s"), ""),
            HttpResponse.BodyHandlers.ofString());
    until(() -> status(proxy) == 503);
    assertThat(left).isNotDone();
    release.complete();
    assertThat(slow.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body()).isEqualTo("slow");
    HttpResponse<String> answer = left.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(new JsonObject(answer.body()).getBoolean("letGo")).isTrue();
  }

  @Test
  void anotherProxyTakesTheRenewalOver() throws Exception {
    Running first = start(null);
    Running second = start(first);
    register(first);
    until(() -> status(first) == 200 && status(second) == 200);
    proxies.remove(first.proxy());
    await(first.proxy().stop());
    assertThat(put(second)).isEqualTo(200);
    for (int i = 0; i < 20; i++) {
      assertThat(status(second)).isEqualTo(200);
      assertThat(put(second)).isEqualTo(200);
    }
  }

  private int inFlight(Running at) throws Exception {
    URI services = URI.create("http://127.0.0.1:" + at.ports().admin() + "/api/v1/services");
    String text =
        client
            .send(HttpRequest.newBuilder(services).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    JsonObject wrapped = new JsonObject("{\"services\":" + text + "}");
    return wrapped
        .getJsonArray("services")
        .getJsonObject(0)
        .getJsonArray("instances")
        .getJsonObject(0)
        .getInteger("inFlight");
  }

  private static void until(Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!holds.call()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}

package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a running process change: nothing under way notices. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReloadIT {

  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path dir;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final BlockingQueue<Optional<HttpServerRequest>> arrived = new LinkedBlockingQueue<>();
  private int one;
  private int two;
  private FileProxy proxy;

  @BeforeEach
  void serve() throws Exception {
    proxy = new FileProxy(dir);
    one = upstream("one");
    two = upstream("two");
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
    await(vertx.close());
  }

  @Test
  void requestsUnderWayFinishWhereTheyAreAndTheNextGoElsewhere() throws Exception {
    proxy.start("services: {web: {upstreams: ['http://127.0.0.1:%d']}}".formatted(one));
    try (Wire connection = new Wire(proxy.port())) {
      assertThat(connection.get("/")).isEqualTo("one");
      CompletableFuture<HttpResponse<String>> post = post("/slow");
      HttpServerRequest held = underWay(post);

      proxy.replace("services: {web: {upstreams: ['http://127.0.0.1:%d']}}".formatted(two));

      assertThat(proxy.logged("reloaded")).endsWith("settings reloaded: services.web.upstreams");
      assertThat(connection.get("/")).as("on the same connection").isEqualTo("two");
      assertThat(connection.get("/")).isEqualTo("two");
      held.response().end("done by one");
      assertThat(post.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body()).isEqualTo("done by one");
      assertThat(connection.get("/")).isEqualTo("two");
    }
  }

  @Test
  void policyTimeoutsAndLimitsChangeAndCountsSurvive() throws Exception {
    String upstreams = "upstreams: ['http://127.0.0.1:%d']".formatted(one);
    proxy.start("services: {web: {%s, limit.in-flight: 1}}".formatted(upstreams));
    CompletableFuture<HttpResponse<String>> first = post("/slow");
    HttpServerRequest held = underWay(first);
    assertThat(post("/slow").get().statusCode()).isEqualTo(503);

    proxy.replace(
        "services: {web: {%s, limit.in-flight: 2, policy: sticky, timeout.response: 1s}}"
            .formatted(upstreams));

    assertThat(proxy.logged("reloaded"))
        .endsWith(
            "services.web.timeout.response, services.web.limit.in-flight, services.web.policy");
    JsonObject web = services().getJsonObject(0);
    assertThat(web.getString("policy")).isEqualTo("sticky");
    assertThat(web.getJsonArray("instances").getJsonObject(0).getInteger("inFlight")).isEqualTo(1);
    CompletableFuture<HttpResponse<String>> second = post("/slow");
    underWay(second);
    assertThat(post("/slow").get().statusCode()).as("the third").isEqualTo(503);
    assertThat(second.get().statusCode()).as("by the new timeout").isEqualTo(504);
    held.response().end();
    assertThat(first.get().statusCode()).as("by the old timeout").isEqualTo(200);
  }

  @Test
  void routesMoveWithoutAMomentInBetween() throws Exception {
    String one = "one: {upstreams: ['http://127.0.0.1:%d'], routes: [%s]}";
    String two = "two: {upstreams: ['http://127.0.0.1:%d'], routes: [{route: %s, strip: true}]}";
    String both = "services: {" + one + ", " + two + "}";
    proxy.start(both.formatted(this.one, "/", this.two, "/two"));
    assertThat(get("/x")).isEqualTo("one");
    assertThat(get("/two/x")).isEqualTo("two");

    proxy.replace(both.formatted(this.one, "/one", this.two, "/"));
    Set<String> answers = new HashSet<>();
    try (Wire connection = new Wire(proxy.port())) {
      CompletableFuture<String> told =
          CompletableFuture.supplyAsync(() -> proxy.logged("reloaded"));
      while (!told.isDone()) {
        answers.add(connection.get("/x"));
      }
      assertThat(told.get()).endsWith("services.one.routes, services.two.routes");
      assertThat(connection.get("/x")).isEqualTo("two");
      assertThat(connection.get("/one/x")).isEqualTo("one");
    }
    assertThat(answers).isSubsetOf("one", "two");
  }

  @Test
  void wrongSettingsLeaveTheOldOnesWithALineForEachFault() throws Exception {
    proxy.start("services: {web: {upstreams: ['http://127.0.0.1:%d']}}".formatted(one));

    proxy.replace(
        "policy: fastest\nservices: {web: {upstreams: ['http://127.0.0.1:%d']}}\nzoen: x\n"
            .formatted(two));

    assertThat(proxy.logged("reloaded"))
        .contains("warn ")
        .contains("settings not reloaded, the old ones stay: policy: fastest (expected: ")
        .endsWith("settings.yml:1");
    assertThat(proxy.logged("reloaded"))
        .endsWith("unknown key (nearest: zone), at " + proxy.file() + ":3");
    assertThat(get("/")).isEqualTo("one");

    proxy.replace("services: {web: {upstreams: ['http://127.0.0.1:%d']}}".formatted(two));
    assertThat(proxy.logged("reloaded")).endsWith("settings reloaded: services.web.upstreams");
    assertThat(get("/")).isEqualTo("two");
  }

  @Test
  void hangupAsksAtOnceAndNamesWhatNeedsARestart() throws Exception {
    String web = "services: {web: {upstreams: ['http://127.0.0.1:%d']}}\n".formatted(one);
    proxy.start(web);

    proxy.hangup();
    assertThat(proxy.logged("read again")).endsWith("settings read again: nothing has changed");

    Files.writeString(proxy.file(), web + "workers: 2\ncluster.name: other\nzone: here\n");
    proxy.hangup();
    assertThat(proxy.logged("reloaded")).endsWith("settings reloaded: zone");
    assertThat(proxy.logged("restart"))
        .endsWith("settings that need a restart, the old ones stay: cluster.name, workers");
    assertThat(get("/")).isEqualTo("one");
  }

  private int upstream(String name) throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  if (request.path().equals("/slow")) {
                    arrived.add(Optional.of(request));
                  } else {
                    request.response().end(name);
                  }
                });
    return await(server.listen(0, "127.0.0.1")).actualPort();
  }

  /** The request as the upstream has it; who was answered before it came there is told of. */
  private HttpServerRequest underWay(CompletableFuture<HttpResponse<String>> asked)
      throws Exception {
    asked.thenAccept(answer -> arrived.add(Optional.empty()));
    Optional<HttpServerRequest> request = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(request).as("within %d s", PATIENCE_SECONDS).isNotNull();
    assertThat(request).as(() -> "answered " + asked.join() + asked.join().body()).isPresent();
    return request.orElseThrow();
  }

  private CompletableFuture<HttpResponse<String>> post(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(proxy.port(), path))
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private String get(String path) throws Exception {
    return body(uri(proxy.port(), path));
  }

  private JsonArray services() throws Exception {
    return new JsonArray(body(uri(proxy.admin(), "/api/v1/services")));
  }

  private String body(URI uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}

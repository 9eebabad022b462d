package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
  private int port;
  private int admin;
  private Path file = Path.of("settings.yml");
  private @Nullable Process process;
  private @Nullable BufferedReader log;

  @BeforeEach
  void serve() throws Exception {
    one = upstream("one");
    two = upstream("two");
    file = dir.resolve("settings.yml");
  }

  @AfterEach
  void close() throws Exception {
    if (process != null) {
      process.destroyForcibly();
    }
    await(vertx.close());
  }

  @Test
  void requestsUnderWayFinishWhereTheyAreAndTheNextGoElsewhere() throws Exception {
    start("services: {web: {upstreams: ['http://127.0.0.1:%d']}}".formatted(one));
    try (Wire connection = new Wire(port)) {
      assertThat(connection.get("/")).isEqualTo("one");
      CompletableFuture<HttpResponse<String>> post = post("/slow");
      HttpServerRequest held = underWay(post);

      replace("services: {web: {upstreams: ['http://127.0.0.1:%d']}}".formatted(two));

      assertThat(logged("reloaded")).endsWith("settings reloaded: services.web.upstreams");
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
    start("services: {web: {%s, limit.in-flight: 1}}".formatted(upstreams));
    CompletableFuture<HttpResponse<String>> first = post("/slow");
    HttpServerRequest held = underWay(first);
    assertThat(post("/slow").get().statusCode()).isEqualTo(503);

    replace(
        "services: {web: {%s, limit.in-flight: 2, policy: sticky, timeout.response: 1s}}"
            .formatted(upstreams));

    assertThat(logged("reloaded"))
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
    start(both.formatted(this.one, "/", this.two, "/two"));
    assertThat(get("/x")).isEqualTo("one");
    assertThat(get("/two/x")).isEqualTo("two");

    replace(both.formatted(this.one, "/one", this.two, "/"));
    Set<String> answers = new HashSet<>();
    try (Wire connection = new Wire(port)) {
      CompletableFuture<String> told = CompletableFuture.supplyAsync(() -> logged("reloaded"));
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
    start("services: {web: {upstreams: ['http://127.0.0.1:%d']}}".formatted(one));

    replace(
        "policy: fastest\nservices: {web: {upstreams: ['http://127.0.0.1:%d']}}\nzoen: x\n"
            .formatted(two));

    assertThat(logged("reloaded"))
        .contains("warn ")
        .contains("settings not reloaded, the old ones stay: policy: fastest (expected: ")
        .endsWith("settings.yml:1");
    assertThat(logged("reloaded")).endsWith("unknown key (nearest: zone), at " + file + ":3");
    assertThat(get("/")).isEqualTo("one");

    replace("services: {web: {upstreams: ['http://127.0.0.1:%d']}}".formatted(two));
    assertThat(logged("reloaded")).endsWith("settings reloaded: services.web.upstreams");
    assertThat(get("/")).isEqualTo("two");
  }

  @Test
  void hangupAsksAtOnceAndNamesWhatNeedsARestart() throws Exception {
    String web = "services: {web: {upstreams: ['http://127.0.0.1:%d']}}\n".formatted(one);
    start(web);

    hangup();
    assertThat(logged("read again")).endsWith("settings read again: nothing has changed");

    Files.writeString(file, web + "workers: 2\ncluster.name: other\nzone: here\n");
    hangup();
    assertThat(logged("reloaded")).endsWith("settings reloaded: zone");
    assertThat(logged("restart"))
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

  private void start(String yaml) throws Exception {
    Files.writeString(file, yaml);
    ProcessBuilder java = ProxyJvm.builder();
    java.command().addAll(List.of("--config", file.toString()));
    process = java.start();
    log = process.errorReader(StandardCharsets.UTF_8);
    port = portIn(logged("listening on"));
    admin = portIn(logged("dashboard on"));
    logged(" is open on ");
  }

  /** As careful editors do: a whole new file takes the place of the old one. */
  private void replace(String yaml) throws IOException {
    Path next = Files.writeString(dir.resolve("settings.yml.new"), yaml);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void hangup() throws Exception {
    String pid = String.valueOf(process == null ? -1 : process.pid());
    assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
  }

  /** The next line that says so. */
  private String logged(String words) {
    try {
      String line = "";
      while (line != null && !line.contains(words)) {
        line = log == null ? null : log.readLine();
      }
      return line == null ? "the process has ended" : line;
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private static int portIn(String line) {
    return Integer.parseInt(line.replaceAll(".*:(\\d+).*", "$1"));
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
        HttpRequest.newBuilder(uri(port, path))
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private String get(String path) throws Exception {
    return body(uri(port, path));
  }

  private JsonArray services() throws Exception {
    return new JsonArray(body(uri(admin, "/api/v1/services")));
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

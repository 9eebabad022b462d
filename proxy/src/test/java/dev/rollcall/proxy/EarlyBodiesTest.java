package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.FinishedRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests with bodies to a proxy that has just started and has heard of nobody yet. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EarlyBodiesTest {

  private static final String HEAD = "POST /shop HTTP/1.1\r\nHost: a.test\r\n";

  private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";

  private static final int LONG = 3_000_000;

  private final List<HttpServerRequest> arrived = new CopyOnWriteArrayList<>();
  private EarlyScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new EarlyScene(this::echo);
    scene.open(Map.of("timeout.hold", "60s"));
  }

  @AfterEach
  void stop() throws Exception {
    scene.close();
  }

  private void echo(HttpServerRequest request) {
    arrived.add(request);
    if (request.headers().contains("Expect")) {
      request.response().writeContinue();
    }
    request.body().onSuccess(body -> request.response().end(body));
  }

  @Test
  void areSentWhole() throws Exception {
    try (Wire client = new Wire(scene.port())) {
      client.write(HEAD + "Content-Length: 2\r\n\r\nhi");
      scene.awaitWaiting(1);
      scene.showEverybody();
      assertThat(client.answer().body()).isEqualTo("hi");

      assertThat(client.send(HEAD + "Content-Length: 3\r\n\r\nyou").body()).isEqualTo("you");
    }
  }

  @Test
  void areSentWholeWhenSomeOfThemComesLater() throws Exception {
    try (Wire client = new Wire(scene.port())) {
      client.write(CHUNKED + "2\r\nhi\r\n");
      scene.awaitWaiting(1);
      scene.showEverybody();
      client.write("4\r\n you\r\n0\r\n\r\n");

      assertThat(client.answer().body()).isEqualTo("hi you");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void areReadOnOnlyWhenSomebodyTakesThem(HttpVersion version) throws Exception {
    HttpClientRequest request = request(version);
    CompletableFuture<Buffer> answer = future(request.response().compose(r -> r.body()));
    request.setChunked(true).write(Buffer.buffer("x".repeat(LONG)));
    scene.awaitWaiting(1);
    scene.showEverybody();
    request.end("y");

    String echo = answer.get().toString();
    assertThat(echo.length()).isEqualTo(LONG + 1);
    assertThat(echo.endsWith("xy")).as("in order").isTrue();
  }

  @Test
  void areNotReadBeforeSomebodyTakesThem() throws Exception {
    HttpClientRequest request = request(HttpVersion.HTTP_2);
    Future<Integer> status = request.response().map(HttpClientResponse::statusCode);
    Future<Void> sent = request.setChunked(true).end("x".repeat(LONG));
    scene.awaitWaiting(1);
    // Behind it on the same connection: what could be sent before has been.
    Future<HttpClientResponse> next = scene.request(HttpVersion.HTTP_2, HttpMethod.GET).send();
    scene.awaitWaiting(2);
    assertThat(sent.isComplete()).isFalse();
    scene.showEverybody();

    EngineScene.await(sent);
    assertThat(EngineScene.await(status)).isEqualTo(200);
    assertThat(EngineScene.await(next).statusCode()).isEqualTo(200);
  }

  @Test
  void thatAreEmptyAfterAllAreNoneOverHttp2() throws Exception {
    HttpClientRequest request = request(HttpVersion.HTTP_2);
    CompletableFuture<HttpClientResponse> response = future(request.response());
    EngineScene.await(request.sendHead());
    request.end();
    scene.awaitWaiting(1);
    // Sent behind that end, so it has come, too, when this one waits.
    HttpClientRequest next = scene.request(HttpVersion.HTTP_2, HttpMethod.GET);
    CompletableFuture<HttpClientResponse> answer = future(next.send());
    scene.awaitWaiting(2);
    scene.showEverybody();

    assertThat(response.get().statusCode()).isEqualTo(200);
    assertThat(answer.get().statusCode()).isEqualTo(200);
    assertThat(arrived).noneMatch(r -> r.headers().contains("Transfer-Encoding"));
  }

  @Test
  void thatAreWholeBeforeAnybodyIsThereAreSentOverHttp2() throws Exception {
    HttpClientRequest request = request(HttpVersion.HTTP_2);
    CompletableFuture<Buffer> response = future(request.send("hi").compose(r -> r.body()));
    scene.awaitWaiting(1);
    CompletableFuture<HttpClientResponse> other =
        future(scene.request(HttpVersion.HTTP_2, HttpMethod.GET).send());
    scene.awaitWaiting(2);
    scene.showEverybody();

    assertThat(response.get().toString()).isEqualTo("hi");
    assertThat(other.get().statusCode()).isEqualTo(200);
  }

  @Test
  void areAskedForByTheUpstreamAlone() throws Exception {
    try (Wire client = new Wire(scene.port())) {
      client.write(HEAD + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      scene.awaitWaiting(1);
      assertThat(arrived).isEmpty();
      scene.showEverybody();

      assertThat(client.answer().status()).isEqualTo(100);
      assertThat(arrived).hasSize(1);
      assertThat(client.send("hi").body()).isEqualTo("hi");
    }
  }

  @Test
  void areReadToTheirEndWhenNobodyWillTakeThem() throws Exception {
    try (Wire client = new Wire(scene.port())) {
      client.write(CHUNKED + "2\r\nhi\r\n");
      scene.awaitWaiting(1);
      scene.context().arrival().end();
      assertThat(client.answer().status()).isEqualTo(503);

      scene.showEverybody();
      client.write("0\r\n\r\n");
      assertThat(client.send(HEAD + "Content-Length: 3\r\n\r\nyou").body()).isEqualTo("you");
    }
    assertThat(arrived).hasSize(1);
  }

  @Test
  void areRefusedThatCantBeRead() throws Exception {
    try (Wire client = new Wire(scene.port())) {
      client.write(CHUNKED);
      scene.awaitWaiting(1);
      client.write("zz\r\n");

      assertThat(client.answer().status()).isEqualTo(400);
    }
  }

  @Test
  void areRefusedThatAreTooLong() throws Exception {
    scene.open(Map.of("timeout.hold", "60s", "limit.body-size", "1KB"));
    try (Wire client = new Wire(scene.port())) {
      client.write(CHUNKED + "1000\r\n" + "x".repeat(0x1000) + "\r\n0\r\n\r\n");
      scene.awaitWaiting(1);
      scene.showEverybody();

      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(scene.log()).extracting(FinishedRequest::reason).containsExactly("body-size");
    }
  }

  @Test
  void areForgottenWhenTheirClientGoes() throws Exception {
    HttpClientRequest request = request(HttpVersion.HTTP_2);
    request.response().onFailure(reset -> {});
    request.setChunked(true).write("hi");
    scene.awaitWaiting(1);
    EngineScene.await(request.reset());

    scene.await(() -> scene.context().counters().cancellations() == 1);
    assertThat(scene.log()).extracting(FinishedRequest::status).containsExactly(499);
  }

  private HttpClientRequest request(HttpVersion version) {
    return scene.request(version, HttpMethod.POST);
  }

  private static <T> CompletableFuture<T> future(Future<T> of) {
    return of.toCompletionStage().toCompletableFuture();
  }
}

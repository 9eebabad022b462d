package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.FinishedRequest;
import dev.rollcall.proxy.roll.RouteTable;
import dev.rollcall.proxy.roll.Snapshot;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests to a proxy that has just started and has heard of nobody yet. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EarlyRequestsTest {

  private static final String GET = "GET /shop HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private EarlyScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new EarlyScene(request -> request.response().end("hello"));
    scene.open(Map.of("timeout.hold", "60s"));
  }

  @AfterEach
  void stop() throws Exception {
    scene.close();
  }

  @Test
  void waitForTheFirstInstance() throws Exception {
    CompletableFuture<Wire.Answer> answer = ask();
    scene.awaitWaiting(1);

    scene.showEverybody();

    assertThat(answer.get().body()).isEqualTo("hello");
  }

  @Test
  void waitForAnInstanceOfAServiceThatIsKnown() throws Exception {
    scene.show(new Snapshot(Map.of(), scene.everybody().routes()));
    CompletableFuture<Wire.Answer> answer = ask();
    scene.awaitWaiting(1);

    scene.showEverybody();

    assertThat(answer.get().body()).isEqualTo("hello");
  }

  @Test
  void areToldWhenTheRollIsHeardThatNobodyIsThere() throws Exception {
    CompletableFuture<Wire.Answer> answer = ask();
    scene.awaitWaiting(1);

    scene.context().arrival().end();

    assertThat(answer.get().status()).isEqualTo(503);
    assertThat(answer.get().field("Retry-After")).isEqualTo("1");
    assertThat(scene.log()).extracting(FinishedRequest::reason).containsExactly("nobody");
  }

  @Test
  void areToldWhenTheRollIsHeardThatThereIsNoRoute() throws Exception {
    CompletableFuture<Wire.Answer> answer = ask();
    scene.awaitWaiting(1);
    scene.show(
        new Snapshot(
            scene.everybody().services(),
            new RouteTable(List.of(new RouteTable.Route("", "/other", "test")))));

    scene.context().arrival().end();

    assertThat(answer.get().status()).isEqualTo(404);
  }

  @Test
  void waitNoLongerThanTheirTime() throws Exception {
    scene.open(Map.of("timeout.hold", "100ms"));
    scene.show(
        new Snapshot(
            scene.everybody().services(),
            new RouteTable(List.of(new RouteTable.Route("", "/other", "test")))));

    assertThat(ask().get().status()).as("it may be there all the same").isEqualTo(503);
    assertThat(scene.context().counters().waits()).isEqualTo(1);
  }

  @Test
  void areNoMoreThanMayWait() throws Exception {
    scene.open(Map.of("timeout.hold", "60s", "limit.hold", "1"));
    CompletableFuture<Wire.Answer> first = ask();
    scene.awaitWaiting(1);

    assertThat(ask().get().status()).isEqualTo(503);

    scene.showEverybody();
    assertThat(first.get().body()).isEqualTo("hello");
  }

  @Test
  void areAnsweredWhenTheProxyStops() throws Exception {
    CompletableFuture<Wire.Answer> answer = ask();
    scene.awaitWaiting(1);

    scene.stop();

    assertThat(answer.get().status()).isEqualTo(503);
  }

  @Test
  void areForgottenWhenTheirClientGoes() throws Exception {
    try (Wire client = new Wire(scene.port())) {
      client.write(GET);
      scene.awaitWaiting(1);
    }
    scene.await(() -> scene.context().counters().cancellations() == 1);

    assertThat(scene.log())
        .extracting(FinishedRequest::status)
        .containsExactly(FinishedRequest.CLIENT_GONE);
  }

  /** As after an outage: whoever has just come isn't run over. */
  @Test
  void areLetInAFewAtATime() throws Exception {
    List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
    scene.close();
    scene = new EarlyScene(held::add);
    scene.open(Map.of("timeout.hold", "60s"));
    List<CompletableFuture<HttpClientResponse>> answers =
        IntStream.range(0, 60)
            .mapToObj(i -> scene.request(HttpVersion.HTTP_2, HttpMethod.POST).send("hi"))
            .map(answer -> answer.toCompletionStage().toCompletableFuture())
            .toList();
    scene.awaitWaiting(60);
    AtomicInteger most = new AtomicInteger();
    scene.loop().runOnContext(first -> look(0, most));
    scene.showEverybody();
    scene.await(() -> held.size() == 60);
    held.forEach(request -> request.response().end("done"));

    for (CompletableFuture<HttpClientResponse> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    assertThat(most.get()).as("at one look of the loop").isBetween(1, 59);
  }

  /** How many more there are than at the last look, on the loop that sends them. */
  private void look(int before, AtomicInteger most) {
    int now = scene.upstream().traffic().inFlight();
    most.accumulateAndGet(now - before, Math::max);
    if (now < 60) {
      scene.loop().runOnContext(again -> look(now, most));
    }
  }

  private CompletableFuture<Wire.Answer> ask() {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Wire client = new Wire(scene.port())) {
            return client.send(GET);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }
}

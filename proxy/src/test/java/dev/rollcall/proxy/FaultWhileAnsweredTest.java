package dev.rollcall.proxy;

import static dev.rollcall.proxy.Await.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.EngineFaults.Place;
import dev.rollcall.proxy.forward.FinishedRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Faults of the engine itself while it hears an upstream's answer: the client is told of an error,
 * or sees that the answer breaks off, and nothing of it is held against the upstream.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FaultWhileAnsweredTest {

  private static final String UPGRADE =
      """
      GET /ws HTTP/1.1\r
      Host: a.test\r
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """;

  private final Promise<Void> asked = Promise.promise();
  private final Promise<Void> goOn = Promise.promise();
  private final Promise<Void> left = Promise.promise();
  private FaultScene scene;
  private Runnable beforeTunnel = () -> {};

  private void start(Protocol protocol) throws Exception {
    scene = new FaultScene(protocol, this::answer);
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/ws" -> {
        beforeTunnel.run();
        request.toWebSocket().onSuccess(tunnel -> tunnel.closeHandler(closed -> left.complete()));
      }
      case "/late" -> {
        asked.complete();
        goOn.future().onSuccess(go -> request.response().end("ok"));
      }
      case "/slow" -> {
        request.response().setChunked(true).write("begun");
        goOn.future().onSuccess(go -> request.response().end());
      }
      default -> request.response().end("ok");
    }
  }

  @AfterEach
  void stop() throws Exception {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "H2C"})
  void atTheHeadIsAnError(Protocol protocol) throws Exception {
    start(protocol);
    scene.faults().breaks(Place.HEAD_HEARD);
    assertThat(scene.statusOf(HttpMethod.GET, "/")).isEqualTo(500);
    assertContained();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "H2C"})
  void inWhatIsAddedToTheHeadIsAnError(Protocol protocol) throws Exception {
    start(protocol);
    scene.faults().breaks(Place.COOKIE);
    assertThat(scene.statusOf(HttpMethod.GET, "/")).isEqualTo(500);
    assertThat(scene.statusOf(HttpMethod.POST, "/")).isEqualTo(500);
    assertContained();
  }

  @Test
  void atTheEndOfAnAnswerOfWhichNothingIsSentIsAnError() throws Exception {
    start(Protocol.HTTP);
    Future<Integer> status = scene.status(HttpMethod.GET, "/late");
    EngineScene.await(asked.future());
    scene.faults().breaksOnce(Place.TRY_LOGGED);
    goOn.complete();
    assertThat(EngineScene.await(status)).isEqualTo(500);
    assertContained();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "H2C"})
  void atTheEndOfAnAnswerThatHasBegunCutsIt(Protocol protocol) throws Exception {
    start(protocol);
    HttpClientResponse begun =
        EngineScene.await(
            scene.client().request(HttpMethod.GET, "/slow").compose(request -> request.send()));
    Future<Void> end = begun.end();
    scene.faults().breaksOnce(Place.TRY_LOGGED);
    goOn.complete();
    assertThatThrownBy(() -> EngineScene.await(end)).isInstanceOf(ExecutionException.class);
    scene.assertNothingIsUnderWay();
    scene.assertUpstreamIsNotBlamed();
    assertThat(scene.proxy().context().counters().broken()).isOne();
  }

  /** Nobody would know what is still to come over it. */
  @Test
  void leavesNoConnectionWithHalfAnAnswerInThePool() throws Exception {
    start(Protocol.HTTP);
    scene.faults().breaks(Place.HEAD_HEARD);
    assertThat(scene.statusOf(HttpMethod.GET, "/slow")).isEqualTo(500);
    until("the connection is closed", () -> scene.connections() == 0);
  }

  @Test
  void whereATunnelWouldBeginIsAnError() throws Exception {
    start(Protocol.HTTP);
    scene.faults().breaks(Place.HEAD_HEARD);
    try (Wire client = new Wire(scene.proxy().port(0))) {
      assertThat(client.send(UPGRADE).status()).isEqualTo(500);
    }
    EngineScene.await(left.future());
    assertContained();
  }

  @Test
  void whereATunnelIsWatchedEndsItAndIsLogged() throws Exception {
    start(Protocol.HTTP);
    // It has been idle for too long at the first look, which breaks.
    scene.proxy().context().change(EngineScene.options(Map.of("timeout.tunnel-idle", "1ms")));
    beforeTunnel = () -> scene.faults().breaksOnce(Place.TRY_LOGGED);
    try (Wire client = new Wire(scene.proxy().port(0))) {
      assertThat(client.send(UPGRADE).status()).isEqualTo(101);
      until("it is over", () -> !scene.log().isEmpty());
    }
    EngineScene.await(left.future());
    assertThat(scene.log()).extracting(FinishedRequest::status).containsExactly(101);
    assertThat(scene.log()).extracting(FinishedRequest::reason).containsExactly("fault");
    scene.assertNothingIsUnderWay();
  }

  private void assertContained() throws Exception {
    scene.assertContained();
    scene.assertUpstreamIsNotBlamed();
    scene.faults().mends();
    assertThat(scene.statusOf(HttpMethod.GET, "/")).isEqualTo(200);
  }
}

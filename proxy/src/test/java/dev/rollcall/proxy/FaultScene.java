package dev.rollcall.proxy;

import static dev.rollcall.proxy.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.forward.FinishedRequest;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.forward.message.Refusal;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine before one upstream, with faults of its own wherever a test wants them. */
final class FaultScene implements AutoCloseable {

  private final EngineFaults faults = new EngineFaults();
  private final AtomicInteger connections = new AtomicInteger();
  private final Vertx vertx = Vertx.vertx();
  private final FixedRoll roll;
  private final EngineScene proxy;
  private HttpClient client;

  /**
   * @param protocol that the upstream speaks
   */
  FaultScene(Protocol protocol, Handler<HttpServerRequest> answer) throws Exception {
    HttpServer upstream =
        vertx
            .createHttpServer()
            .requestHandler(answer)
            .connectionHandler(
                made -> {
                  connections.incrementAndGet();
                  made.closeHandler(closed -> connections.decrementAndGet());
                });
    EngineScene.await(upstream.listen(0, "127.0.0.1"));
    roll = new FixedRoll(protocol, new Endpoint("127.0.0.1", upstream.actualPort()));
    proxy =
        EngineScene.with(
            ForwardContext.of(
                roll,
                faults.witness(),
                service -> faults.policy(),
                EngineScene.options(Map.of("timeout.hold", "60s")),
                faults.log(),
                1),
            Listener.plain("127.0.0.1", 0, true));
    speak(HttpVersion.HTTP_1_1);
  }

  /** From now on the engine's client speaks so. */
  void speak(HttpVersion version) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(proxy.port(0)));
  }

  /** What of the engine's parts is broken. */
  EngineFaults faults() {
    return faults;
  }

  /** Of each request that is over. */
  List<FinishedRequest> log() {
    return faults.lines();
  }

  HttpClient client() {
    return client;
  }

  EngineScene proxy() {
    return proxy;
  }

  FixedRoll roll() {
    return roll;
  }

  Upstream upstream() {
    return roll.upstreams().get(0);
  }

  /** Connections that the upstream has open. */
  int connections() {
    return connections.get();
  }

  int statusOf(HttpMethod method, String path) throws Exception {
    return EngineScene.await(status(method, path));
  }

  Future<Integer> status(HttpMethod method, String path) {
    return client
        .request(method, path)
        .compose(
            request -> {
              request.setChunked(method == HttpMethod.POST);
              return method == HttpMethod.POST ? request.send("x") : request.send();
            })
        .map(HttpClientResponse::statusCode);
  }

  /** It was told as ours, and nothing of it is left. */
  void assertContained() {
    assertNothingIsUnderWay();
    assertThat(proxy.context().counters().refusals(Refusal.FAULT)).isPositive();
  }

  void assertNothingIsUnderWay() {
    until("no request is under way", () -> proxy.context().inFlight().get() == 0);
    until("none is at the upstream", () -> upstream().traffic().inFlight() == 0);
  }

  /** Nobody holds it against the upstream, or asks it, or another, once more. */
  void assertUpstreamIsNotBlamed() {
    assertThat(faults.struck()).isZero();
    assertThat(upstream().traffic().failures()).isZero();
    assertThat(proxy.context().counters().retries()).isZero();
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
    EngineScene.await(vertx.close());
  }
}

package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.balance.Preview;
import dev.rollcall.proxy.balance.RequestFacts;
import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.forward.FinishedRequest;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.RequestLog;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.forward.message.Refusal;
import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.TrafficWitness;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The engine before one upstream, with faults of its own wherever a test wants them. */
final class FaultScene implements AutoCloseable {

  /** Where the engine calls what can be broken. */
  enum Place {
    SERVICE,
    CHOICE,
    SECOND_CHOICE,
    HEAD_HEARD,
    COOKIE,
    TRY_LOGGED,
    REQUEST_LOGGED
  }

  private final Set<Place> faults = ConcurrentHashMap.newKeySet();
  private final Set<Place> once = ConcurrentHashMap.newKeySet();
  private final AtomicInteger struck = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final Vertx vertx = Vertx.vertx();
  private final FixedRoll roll;
  private final EngineScene proxy;
  private final Log log = new Log();
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
                new Heard(),
                service -> {
                  pass(Place.SERVICE);
                  return new Policy();
                },
                EngineScene.options(Map.of("timeout.hold", "60s")),
                log,
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

  void breaks(Place place) {
    faults.add(place);
  }

  /** Only the next time that it is called. */
  void breaksOnce(Place place) {
    once.add(place);
  }

  void mends() {
    faults.clear();
  }

  private void pass(Place place) {
    if (once.remove(place) || faults.contains(place)) {
      throw new IllegalStateException("a fault of ours");
    }
  }

  /** Of each request that is over. */
  List<FinishedRequest> log() {
    return log.lines;
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
    until(() -> proxy.context().inFlight().get() == 0);
    until(() -> upstream().traffic().inFlight() == 0);
  }

  /** Nobody holds it against the upstream, or asks it, or another, once more. */
  void assertUpstreamIsNotBlamed() {
    assertThat(struck).hasValue(0);
    assertThat(upstream().traffic().failures()).isZero();
    assertThat(proxy.context().counters().retries()).isZero();
  }

  static void until(BooleanSupplier happens) {
    while (!happens.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
    EngineScene.await(vertx.close());
  }

  /** The first that wasn't tried. */
  private final class Policy implements SelectionPolicy {

    @Override
    public @Nullable Upstream select(
        Candidates candidates, RequestFacts request, Set<Upstream> tried) {
      pass(tried.isEmpty() ? Place.CHOICE : Place.SECOND_CHOICE);
      return candidates.list().stream()
          .filter(one -> !tried.contains(one))
          .findFirst()
          .orElse(null);
    }

    @Override
    public @Nullable String setCookie(RequestFacts request, Upstream chosen) {
      pass(Place.COOKIE);
      return null;
    }

    @Override
    public Preview preview(Candidates candidates, RequestFacts request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
      return "broken";
    }
  }

  private final class Log implements RequestLog {
    private final List<FinishedRequest> lines = new CopyOnWriteArrayList<>();

    /** Asked for each try, too. */
    @Override
    public boolean isOn() {
      pass(Place.TRY_LOGGED);
      return true;
    }

    @Override
    public void finished(FinishedRequest request) {
      lines.add(request);
      pass(Place.REQUEST_LOGGED);
    }
  }

  private final class Heard implements TrafficWitness {

    @Override
    public void answered(Upstream upstream, int status, long nanos) {
      pass(Place.HEAD_HEARD);
    }

    @Override
    public void failed(Upstream upstream, TrafficFault fault, String detail) {
      struck.incrementAndGet();
    }

    @Override
    public void waiting(Upstream upstream, int loop, long oldestNanos) {}
  }
}

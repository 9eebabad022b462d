package dev.rollcall.proxy;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.proxy.balance.ServicePolicies;
import dev.rollcall.proxy.balance.StickyKey;
import dev.rollcall.proxy.forward.FinishedRequest;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.RequestLog;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.RollView;
import dev.rollcall.proxy.roll.Snapshot;
import dev.rollcall.proxy.roll.Transition;
import dev.rollcall.proxy.roll.Unheard;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An engine that has just started and has heard of nobody, and the upstream that is there. */
final class EarlyScene implements AutoCloseable {

  /** Empty until the test shows what it has. */
  private static final class NewRoll implements RollView {
    private volatile Snapshot shown = Snapshot.EMPTY;

    @Override
    public Snapshot snapshot() {
      return shown;
    }

    @Override
    public Runnable onTransition(Handler<Transition> handler) {
      return () -> {};
    }
  }

  /** Each request that is over. */
  private static final class Log implements RequestLog {
    private final List<FinishedRequest> lines = new CopyOnWriteArrayList<>();

    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public void finished(FinishedRequest request) {
      lines.add(request);
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final NewRoll roll = new NewRoll();
  private final Log log = new Log();
  private final FixedRoll everybody;
  private final Map<HttpVersion, HttpClient> clients = new HashMap<>();
  private @Nullable EngineScene proxy;

  EarlyScene(Handler<HttpServerRequest> answer) throws Exception {
    HttpServer upstream = vertx.createHttpServer().requestHandler(answer);
    EngineScene.await(upstream.listen(0, "127.0.0.1"));
    everybody = new FixedRoll(Protocol.HTTP, new Endpoint("127.0.0.1", upstream.actualPort()));
  }

  /** Starts the engine, instead of one that runs. */
  void open(Map<String, String> settings) throws Exception {
    stop();
    proxy =
        EngineScene.with(
            ForwardContext.of(
                roll,
                new Unheard(),
                new ServicePolicies(new Policies(StickyKey.of(null)), "round-robin", Map.of()),
                EngineScene.options(settings),
                log,
                1),
            Listener.plain("127.0.0.1", 0, true));
    context().arrival().begin();
  }

  private EngineScene proxy() {
    if (proxy == null) {
      throw new IllegalStateException("not open");
    }
    return proxy;
  }

  Vertx vertx() {
    return vertx;
  }

  /** Carries the traffic. */
  Vertx loop() {
    return proxy().vertx();
  }

  int port() {
    return proxy().port(0);
  }

  ForwardContext context() {
    return proxy().context();
  }

  /** Of a client that has one connection for each version at most. */
  HttpClientRequest request(HttpVersion version, HttpMethod method) {
    try {
      return EngineScene.await(
          clients.computeIfAbsent(version, this::client).request(method, port(), "127.0.0.1", "/"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private HttpClient client(HttpVersion version) {
    return vertx.createHttpClient(
        new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false),
        new PoolOptions().setHttp1MaxSize(1).setHttp2MaxSize(1));
  }

  List<FinishedRequest> log() {
    return log.lines;
  }

  Upstream upstream() {
    return everybody.upstreams().get(0);
  }

  Snapshot everybody() {
    return everybody.snapshot();
  }

  void showEverybody() {
    show(everybody());
  }

  void show(Snapshot snapshot) {
    roll.shown = snapshot;
  }

  void awaitWaiting(int requests) {
    await(() -> context().counters().waits() == requests);
  }

  /** The test's own limit ends it otherwise. */
  void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  void stop() throws Exception {
    EngineScene running = proxy;
    proxy = null;
    if (running != null) {
      running.stop();
    }
  }

  @Override
  public void close() throws Exception {
    stop();
    EngineScene.await(vertx.close());
  }
}

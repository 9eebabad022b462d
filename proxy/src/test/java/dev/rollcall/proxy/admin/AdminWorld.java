package dev.rollcall.proxy.admin;

import static dev.rollcall.proxy.Await.await;

import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.memory.InMemoryRegistry;
import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.proxy.balance.ServicePolicies;
import dev.rollcall.proxy.balance.StickyKey;
import dev.rollcall.proxy.register.RegisterRoutes;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.EventLog;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.RollReport;
import dev.rollcall.proxy.roll.TestUpstreams;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** An admin port over a real roll that the test writes, and a client for it. */
final class AdminWorld implements AutoCloseable {

  /** A thousand flips need not be read by anybody. */
  private static final Logger LOG = Logger.getLogger("dev.rollcall.proxy.roll");

  static {
    LOG.setLevel(Level.SEVERE);
  }

  static final String TOKEN = "correct horse battery staple";
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  final Vertx vertx = Vertx.vertx();
  final Map<String, InstanceOverride> written = new ConcurrentHashMap<>();
  final int port;
  private final AdminPort admin;
  volatile @Nullable Throwable registryFault;
  private final InMemoryRegistry registry = new InMemoryRegistry(vertx);
  private final Registrar registrar = registry.registrar(2);

  private final Context control = vertx.getOrCreateContext();
  private final HttpClient client =
      vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(2 * EventStream.MOST));
  private final Roll roll = new Roll(RollOptions.DEFAULT, InstantSource.fixed(NOW));

  AdminWorld(@Nullable String token, String policy) {
    this(AdminTokens.of(token), policy);
  }

  AdminWorld(AdminTokens tokens, String policy) {
    EventLog events = new EventLog();
    RollReport report = new RollReport(roll, events, System::nanoTime);
    ServicePolicies policies =
        new ServicePolicies(new Policies(StickyKey.of(null)), policy, Map.of());
    AdminParts parts =
        new AdminParts(
            report,
            this::write,
            policies,
            path -> path,
            List.of(AdminWorld::more),
            new RegisterRoutes(() -> registrar),
            "1.2.3");
    AdminOptions options = new AdminOptions(0, "127.0.0.1", tokens, List.of("ops.example.org"));
    this.admin = new AdminPort(vertx, options, parts, InstantSource.fixed(NOW));
    this.port =
        await(
            onControl(
                () -> {
                  roll.onTransition(events::note);
                  roll.onWish(events::noteWish);
                  return admin.start();
                }));
  }

  static AdminWorld withToken() {
    return new AdminWorld(TOKEN, "round-robin");
  }

  private static void more(MetricsPage page) {
    page.counter("rollcall_more_total", "Of another\nsource \\ here.")
        .sample(1e15 + 0.5, "reason", "a \"b\"\\\n");
  }

  private Future<Void> write(String id, InstanceOverride wish) {
    if (registryFault != null) {
      return Future.failedFuture(registryFault);
    }
    written.put(id, wish);
    roll.override(id, wish);
    return Future.succeededFuture();
  }

  AdminRoutes routes() {
    return admin.routes();
  }

  /** An instance that has joined and is up. */
  Upstream up(String id) {
    return run(
        () -> {
          Upstream upstream = roll.enrol(TestUpstreams.instance(id, id));
          roll.stand(upstream, Availability.UP, false, "answered its probe");
          return upstream;
        });
  }

  void stand(Upstream upstream, Availability to, String reason) {
    run(
        () -> {
          roll.stand(upstream, to, false, reason);
          return upstream;
        });
  }

  void strike(Upstream upstream, String reason) {
    run(
        () -> {
          roll.strike(upstream, reason);
          return upstream;
        });
  }

  /** On the control thread. */
  <T> T run(Callable<T> step) {
    return await(onControl(() -> Future.succeededFuture(step.call())));
  }

  private <T> Future<T> onControl(Callable<Future<T>> step) {
    Promise<T> done = Promise.promise();
    control.runOnContext(
        now -> {
          try {
            step.call().onComplete(done);
          } catch (Exception fault) {
            done.fail(fault);
          }
        });
    return done.future();
  }

  /** A whole answer. */
  record Answer(int status, MultiMap headers, String body) {

    JsonObject json() {
      return new JsonObject(body);
    }

    String detail() {
      return json().getString("detail");
    }
  }

  Answer get(String path) {
    return ask(HttpMethod.GET, path, null, Map.of());
  }

  Answer change(HttpMethod method, String path, @Nullable String body) {
    return ask(method, path, body, Map.of("Authorization", "Bearer " + TOKEN));
  }

  Answer ask(HttpMethod method, String path, @Nullable String body, Map<String, String> headers) {
    return await(
        ask(
            method,
            path,
            body,
            headers,
            response ->
                response
                    .body()
                    .map(
                        text ->
                            new Answer(
                                response.statusCode(), response.headers(), text.toString()))));
  }

  /** The reader is called with the head, before anything after it can be missed. */
  <T> Future<T> ask(
      HttpMethod method,
      String path,
      @Nullable String body,
      Map<String, String> headers,
      Function<HttpClientResponse, Future<T>> reader) {
    RequestOptions options =
        new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(port).setURI(path);
    headers.forEach(options::putHeader);
    return client
        .request(options)
        .compose(request -> (body == null ? request.send() : request.send(body)).compose(reader));
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}

package dev.rollcall.proxy;

import static dev.rollcall.proxy.Await.await;
import static dev.rollcall.proxy.Await.until;

import dev.rollcall.discovery.IdentityProof;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Tier;
import dev.rollcall.discovery.memory.InMemoryRegistry;
import dev.rollcall.proxy.health.HealthOptions;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A roll over a registry in memory, with real instances, which have doors and identities. */
abstract class RollScene {

  /** How an instance behaves. */
  enum Manner {
    WELL,
    /** Takes connections and requests, and answers nothing, as a frozen process does. */
    MUTE,
    PROBES_ONLY,
    FAILS
  }

  final Map<String, Manner> manners = new ConcurrentHashMap<>();
  final Vertx vertx = Vertx.vertx();
  final InMemoryRegistry registry = new InMemoryRegistry(vertx);
  final Map<String, HttpServer> doors = new HashMap<>();
  final List<String> flips = new CopyOnWriteArrayList<>();
  RollVerticle proxy;

  @BeforeEach
  void start() {
    proxy = deploy(registry, "proxy-1");
    vertx.runOnContext(
        now ->
            proxy
                .roll()
                .onTransition(
                    flip -> flips.add(flip.upstream().instance().name() + ">" + flip.to())));
  }

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  RollVerticle deploy(InMemoryRegistry its, String id) {
    RollVerticle verticle =
        new RollVerticle(
            RollOptions.DEFAULT, service -> HealthOptions.DEFAULT, List.of(), List.of());
    await(vertx.deployVerticle(verticle));
    await(verticle.join(its, its.seat(id, "127.0.0.1:5701", "test")));
    return verticle;
  }

  /** An instance as the demo upstream would be: its door open, its identity shown. */
  Lease open(String name, Registry its) {
    Promise<Lease> leased = Promise.promise();
    HttpServer door =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> leased.future().onSuccess(lease -> answer(request, name, lease)))
                .listen(0, "127.0.0.1"));
    doors.put(name, door);
    Registration registration =
        new Registration(
            "hello",
            name,
            "127.0.0.1",
            door.actualPort(),
            Protocol.HTTP,
            1,
            Tier.PRIMARY,
            "",
            List.of("/"),
            Map.of(),
            Duration.ofSeconds(1),
            new ProbeTarget.Http("/health/ready", true));
    Lease lease = its.register(registration, () -> new Load(3, 0.5));
    leased.complete(lease);
    return lease;
  }

  private void answer(HttpServerRequest request, String name, Lease lease) {
    Manner manner = manners.getOrDefault(name, Manner.WELL);
    boolean probe = request.path().equals("/health/ready");
    boolean silent = manner == Manner.MUTE || (manner == Manner.PROBES_ONLY && !probe);
    if (!silent) {
      request
          .response()
          .putHeader(IdentityProof.INSTANCE, lease.id())
          .setStatusCode(manner == Manner.FAILS && !probe ? 500 : 200)
          .end(name);
    }
  }

  static List<Upstream> upstreams(RollVerticle of) {
    ServiceRoll service = of.roll().snapshot().service("hello");
    return service == null ? List.of() : service.upstreams();
  }

  Availability of(Lease lease) {
    return upstreams(proxy).stream()
        .filter(upstream -> upstream.id().equals(lease.id()))
        .map(Upstream::availability)
        .findFirst()
        .orElse(null);
  }

  List<String> candidates() {
    ServiceRoll service = proxy.roll().snapshot().service("hello");
    return service == null
        ? List.of()
        : service.candidates().list().stream().map(u -> u.instance().name()).toList();
  }

  void comesUp(Lease... leases) {
    for (Lease lease : leases) {
      until(lease.id() + " takes traffic", () -> takesTraffic(proxy, lease));
    }
  }

  Lease open(String name) {
    return open(name, registry);
  }

  /** It is among the candidates: its standing is written a moment before the snapshot. */
  static boolean takesTraffic(RollVerticle proxy, Lease lease) {
    ServiceRoll service = proxy.roll().snapshot().service("hello");
    return service != null
        && service.candidates().list().stream().anyMatch(u -> u.id().equals(lease.id()));
  }
}

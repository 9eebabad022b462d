package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.Elsewhere;
import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Setting;
import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.proxy.balance.ServicePolicies;
import dev.rollcall.proxy.balance.StickyKey;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.ForwardOptions;
import dev.rollcall.proxy.forward.client.FilteredTransport;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.roll.RollView;
import dev.rollcall.proxy.roll.TrafficWitness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The engine on one event loop of a Vertx of its own, before the upstreams of a roll: what the
 * traffic plane is, on any machine's transport.
 */
final class EngineScene {

  private final Vertx vertx;
  private final ForwardContext context;
  private final ProxyVerticle engine;

  private EngineScene(Vertx vertx, ForwardContext context, ProxyVerticle engine) {
    this.vertx = vertx;
    this.context = context;
    this.engine = engine;
  }

  /** Listens; requests under way are not waited for when it stops. */
  static EngineScene over(
      RollView roll, TrafficWitness witness, ForwardOptions options, Listener... listeners)
      throws Exception {
    return with(
        ForwardContext.of(
            roll,
            witness,
            new ServicePolicies(new Policies(StickyKey.of(null)), "round-robin", Map.of()),
            options,
            1),
        listeners);
  }

  /** The same of a context that a test has made. */
  static EngineScene with(ForwardContext context, Listener... listeners) throws Exception {
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(1))
            .withTransport(FilteredTransport.of(Transport.NIO))
            .build();
    ProxyVerticle engine =
        new ProxyVerticle(context, List.of(listeners), new AtomicInteger(), Duration.ZERO);
    await(vertx.deployVerticle(engine));
    return new EngineScene(vertx, context, engine);
  }

  /** Read as the process reads them. */
  static ForwardOptions options(Map<String, String> settings) {
    Map<String, String> environment = new TreeMap<>();
    settings.forEach((key, value) -> environment.put(Setting.variable(key), value));
    return new Program<>("test", "0", "", ForwardOptions::read, Elsewhere.NOTHING)
        .read(null, environment)
        .options();
  }

  /** The port of the listener with this number, from 0. */
  int port(int listener) {
    return engine.ports().get(listener);
  }

  ForwardContext context() {
    return context;
  }

  /** Its loop carries the traffic. */
  Vertx vertx() {
    return vertx;
  }

  void stop() throws Exception {
    await(vertx.close());
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}

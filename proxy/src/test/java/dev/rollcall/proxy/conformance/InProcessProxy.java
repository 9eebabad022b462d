package dev.rollcall.proxy.conformance;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.ProxyVerticle;
import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.balance.StickyKey;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.client.FilteredTransport;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.roll.FieldMatch;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.RouteTable.Route;
import dev.rollcall.proxy.roll.Unheard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * This project's own traffic plane in this JVM: one event loop, so that what is reused and what is
 * not does not depend on chance.
 */
final class InProcessProxy implements ProxyUnderTest {

  @Override
  public Started start(List<Integer> ports, Map<String, String> settings) throws Exception {
    Endpoint[] endpoints =
        ports.stream().map(p -> new Endpoint("127.0.0.1", p)).toArray(Endpoint[]::new);
    Protocol protocol = Protocol.valueOf(settings.getOrDefault("protocol", "HTTP"));
    StaticRoll roll = new StaticRoll(new FixedRoll(protocol, endpoints), route(settings));
    SelectionPolicy policy =
        new Policies(StickyKey.of(null)).create("round-robin", StaticRoll.SERVICE);
    ForwardContext context =
        ForwardContext.of(roll, new Unheard(), s -> policy, TestSettings.options(settings), 1);
    boolean h2c = settings.getOrDefault("http.h2c", "false").equals("true");
    ProxyVerticle verticle =
        new ProxyVerticle(
            context,
            List.of(Listener.plain("127.0.0.1", 0, h2c)),
            new AtomicInteger(),
            Duration.ZERO);
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(1))
            .withTransport(FilteredTransport.of(Transport.nativeTransport()))
            .build();
    await(vertx.deployVerticle(verticle));
    return new Started(vertx, verticle.ports().get(0), roll, context);
  }

  /** The one route; null: everything. */
  private static @Nullable Route route(Map<String, String> settings) {
    String prefix = settings.get("services.hello.routes");
    String header = settings.get("services.hello.routes.header");
    return prefix == null
        ? null
        : new Route(
            "",
            prefix,
            header == null ? List.of() : List.of(FieldMatch.parse(header).ofHeader()),
            "true".equals(settings.get("services.hello.routes.strip")),
            StaticRoll.SERVICE);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(Patience.millis(), TimeUnit.MILLISECONDS);
  }

  /** Closing it stops the traffic plane and every connection it has. */
  record Started(Vertx vertx, int port, StaticRoll roll, ForwardContext context)
      implements Running {

    @Override
    public void close() throws Exception {
      await(vertx.close());
    }
  }
}

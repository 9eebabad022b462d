package dev.rollcall.proxy;

import static dev.rollcall.proxy.Await.await;

import dev.rollcall.proxy.admin.AdminOptions;
import dev.rollcall.proxy.admin.AdminParts;
import dev.rollcall.proxy.admin.AdminTokens;
import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.proxy.balance.ServicePolicies;
import dev.rollcall.proxy.balance.StickyKey;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.ForwardOptions;
import dev.rollcall.proxy.health.HealthOptions;
import dev.rollcall.proxy.health.NamedUpstream;
import dev.rollcall.proxy.roll.RollOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** The metrics page of a proxy that is wired as the process wires it. */
public final class Scrape {

  private Scrape() {}

  public static String of(NamedUpstream... upstreams) throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      RollVerticle roll =
          new RollVerticle(
              RollOptions.DEFAULT, service -> HealthOptions.DEFAULT, List.of(upstreams), List.of());
      await(vertx.deployVerticle(roll));
      ServicePolicies policies =
          new ServicePolicies(new Policies(StickyKey.of(null)), "round-robin", Map.of());
      ForwardContext traffic =
          ForwardContext.of(roll.roll(), roll.witness(), policies, ForwardOptions.DEFAULT, 1);
      AdminVerticle admin =
          new AdminVerticle(
              new AdminOptions(0, "127.0.0.1", AdminTokens.NONE, List.of()),
              new AdminParts(
                  roll.report(),
                  (id, wish) -> Future.succeededFuture(),
                  policies,
                  path -> path,
                  List.of(new EngineMetrics(traffic, () -> 0)),
                  (router, door) -> {},
                  "test"));
      await(vertx.deployVerticle(admin));
      URI metrics = URI.create("http://127.0.0.1:" + admin.port() + "/metrics");
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } finally {
      await(vertx.close());
    }
  }
}

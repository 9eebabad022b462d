package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.admin.AdminOptions;
import dev.rollcall.proxy.admin.AdminParts;
import dev.rollcall.proxy.admin.AdminTokens;
import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.proxy.balance.ServicePolicies;
import dev.rollcall.proxy.balance.StickyKey;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.ForwardOptions;
import dev.rollcall.proxy.health.HealthOptions;
import dev.rollcall.proxy.roll.RollOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md names what a proxy shows, word for word. */
class MetricsTableTest {

  @Test
  void thePageNamesEveryFamily() throws Exception {
    String page = scrape();
    String table =
        "| name | type | meaning |\n|---|---|---|\n"
            + Stream.of(page.split("# HELP "))
                .skip(1)
                .map(MetricsTableTest::row)
                .collect(Collectors.joining("\n"));
    Path docs = Path.of(System.getProperty("basedir", "."), "..", "docs", "metrics.md");

    assertThat(Files.readString(docs.normalize())).contains(table);
  }

  private static String row(String family) {
    String[] lines = family.split("\n");
    String[] help = lines[0].split(" ", 2);
    String type = lines[1].substring(lines[1].lastIndexOf(' ') + 1);
    return "| `" + help[0] + "` | " + type + " | " + help[1] + " |";
  }

  private static String scrape() throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      RollVerticle roll =
          new RollVerticle(
              RollOptions.DEFAULT, service -> HealthOptions.DEFAULT, List.of(), List.of());
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

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}

package dev.rollcall.proxy.admin;

import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.roll.LatencyCounts;
import dev.rollcall.proxy.roll.RollReport;
import dev.rollcall.proxy.roll.RouteTable;
import dev.rollcall.proxy.roll.Snapshot;
import dev.rollcall.proxy.roll.Upstream;
import dev.rollcall.proxy.roll.UpstreamReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code /api/v1/services} answers. Control thread only. */
final class ServicesJson {

  private final RollReport report;
  private final Function<String, SelectionPolicy> policies;
  private final LatencyWindows latencies;

  ServicesJson(
      RollReport report, Function<String, SelectionPolicy> policies, LatencyWindows latencies) {
    this.report = report;
    this.policies = policies;
    this.latencies = latencies;
  }

  JsonArray now() {
    Snapshot snapshot = report.snapshot();
    JsonArray services = new JsonArray();
    for (String name : new TreeSet<>(snapshot.services().keySet())) {
      services.add(service(name, snapshot.routes()));
    }
    return services;
  }

  private JsonObject service(String name, RouteTable routes) {
    JsonArray claimed = new JsonArray();
    routes.routes().stream()
        .filter(route -> route.service().equals(name))
        .forEach(route -> claimed.add(route.host() + route.prefix()));
    JsonArray instances = new JsonArray();
    report.upstreams(name).forEach(one -> instances.add(instance(one)));
    return new JsonObject()
        .put("name", name)
        .put("routes", claimed)
        .put("policy", policies.apply(name).name())
        .put("instances", instances);
  }

  private JsonObject instance(UpstreamReport one) {
    Upstream upstream = one.upstream();
    Duration age = one.heartbeatAge();
    return new JsonObject()
        .put("id", upstream.id())
        .put("name", upstream.instance().name())
        .put("endpoint", upstream.endpoint().toString())
        .put("state", word(one.standing().availability()))
        .put("weight", upstream.weight())
        .put("tier", word(upstream.instance().tier()))
        .put("zone", upstream.instance().zone())
        .put("inFlight", upstream.traffic().inFlight())
        .put("requests", upstream.traffic().requests())
        .put("failures", upstream.traffic().failures())
        .put("latencyMs", latency(latencies.recent(upstream)))
        .put("heartbeatAgeMs", age == null ? null : age.toMillis())
        .put("since", one.standing().since().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("reason", one.standing().reason());
  }

  /** Of the last minute; null where there was nothing. */
  private static JsonObject latency(LatencyCounts counts) {
    return new JsonObject().put("p50", millis(counts, 0.5)).put("p99", millis(counts, 0.99));
  }

  private static @Nullable Double millis(LatencyCounts counts, double share) {
    return counts.total() == 0 ? null : Math.round(counts.quantile(share) / 1e3) / 1e3;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

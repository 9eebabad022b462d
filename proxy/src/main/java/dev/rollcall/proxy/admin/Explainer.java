package dev.rollcall.proxy.admin;

import dev.rollcall.proxy.balance.CanaryChoice;
import dev.rollcall.proxy.balance.Preview;
import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Canary;
import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.FieldMatch;
import dev.rollcall.proxy.roll.RouteTable;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.Snapshot;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a request would go where: the same steps as traffic takes, told. Any thread. */
final class Explainer {

  private static final Set<String> REFUSED = Set.of("CONNECT", "TRACE");

  private final Function<String, SelectionPolicy> policies;
  private final Function<String, @Nullable String> paths;

  /**
   * @param paths makes of a raw path the one that routing looks at; null when traffic refuses it
   */
  Explainer(Function<String, SelectionPolicy> policies, Function<String, @Nullable String> paths) {
    this.policies = policies;
    this.paths = paths;
  }

  JsonObject explain(Snapshot snapshot, AskedRequest request) {
    if (REFUSED.contains(request.method())) {
      return answer(request, null, request.method() + " is never forwarded: 405");
    }
    int query = request.target().indexOf('?');
    String raw = query < 0 ? request.target() : request.target().substring(0, query);
    String path = paths.apply(raw);
    if (path == null) {
      return answer(request, null, "the path climbs above its root: 400");
    }
    RouteTable.Route route = snapshot.routes().find(request.host(), path, request::header);
    if (route == null) {
      return answer(request, null, "no service has a route for it: 404");
    }
    if (route != snapshot.routes().find(request.host(), raw, request::header)) {
      return answer(
          request, route, "its plain and its normalised path lead to different routes: 400");
    }
    return choose(snapshot.service(route.service()), request, route);
  }

  private JsonObject choose(
      @Nullable ServiceRoll service, AskedRequest request, RouteTable.Route route) {
    if (service == null || service.candidates().isEmpty()) {
      JsonObject answer =
          answer(request, route, "nobody of " + route.service() + " can take a request: 503");
      return service == null ? answer : answer.put("others", others(service));
    }
    Group group = group(service, request);
    SelectionPolicy policy = group.policy();
    Preview preview = policy.preview(group.candidates(), request);
    String why =
        routeText(route)
            + " belongs to "
            + service.name()
            + "; "
            + group.why()
            + policy.name()
            + " among "
            + group.candidates().size()
            + ": "
            + preview.why();
    return answer(request, route, why)
        .put("policy", policy.name())
        .put("upstream", preview.upstream() == null ? null : upstream(preview.upstream()))
        .put("candidates", candidates(group.candidates()))
        .put("others", others(service));
  }

  /** Among whom one is chosen, by what, and why among these. */
  private record Group(Candidates candidates, SelectionPolicy policy, String why) {}

  private Group group(ServiceRoll service, AskedRequest request) {
    Canary canary = service.canary();
    SelectionPolicy usual = policies.apply(service.name());
    if (canary == null) {
      return new Group(service.candidates(), usual, "");
    }
    SelectionPolicy own = policies.apply(canary.policyKey());
    String asks = CanaryChoice.reason(canary, request);
    String who = "the canary (" + canary.rule().when() + ")";
    if (asks != null) {
      return new Group(canary.candidates(), own, asks + " wants " + who + "; ");
    }
    if (canary.rule().share() > 0 && own.knows(canary.candidates(), request)) {
      return new Group(canary.candidates(), own, "its session is with " + who + "; ");
    }
    String share =
        BigDecimal.valueOf(canary.rule().share(), 2).stripTrailingZeros().toPlainString();
    return new Group(
        service.candidates(),
        usual,
        share + " % of such requests go to " + who + "; of the others, ");
  }

  private static JsonObject answer(
      AskedRequest request, RouteTable.@Nullable Route route, String why) {
    return new JsonObject()
        .put(
            "request",
            new JsonObject()
                .put("method", request.method())
                .put("host", request.host())
                .put("path", request.target())
                .put("address", request.clientAddress()))
        .put("route", route == null ? null : text(route))
        .put("service", route == null ? null : route.service())
        .put("policy", null)
        .put("upstream", null)
        .put("why", why)
        .put("candidates", new JsonArray())
        .put("others", new JsonArray());
  }

  private static String routeText(RouteTable.Route route) {
    return "the route " + text(route) + (route.strip() ? " (taken off the path)" : "");
  }

  private static String text(RouteTable.Route route) {
    String conditions =
        route.headers().stream().map(FieldMatch::toString).collect(Collectors.joining(", "));
    return route.host() + route.prefix() + (conditions.isEmpty() ? "" : " [" + conditions + "]");
  }

  private static JsonObject upstream(Upstream upstream) {
    return new JsonObject()
        .put("id", upstream.id())
        .put("name", upstream.instance().name())
        .put("endpoint", upstream.endpoint().toString());
  }

  private static JsonArray candidates(Candidates candidates) {
    JsonArray all = new JsonArray();
    for (int i = 0; i < candidates.size(); i++) {
      all.add(
          upstream(candidates.get(i))
              .put("weight", candidates.weights()[i])
              .put("inFlight", candidates.get(i).traffic().inFlight()));
    }
    return all;
  }

  /** Who takes no request now, and why. */
  private static JsonArray others(ServiceRoll service) {
    JsonArray all = new JsonArray();
    for (Upstream upstream : service.upstreams()) {
      if (!service.takes(upstream)) {
        all.add(
            upstream(upstream)
                .put("state", ServicesJson.word(upstream.availability()))
                .put("reason", reason(upstream)));
      }
    }
    return all;
  }

  private static String reason(Upstream upstream) {
    if (upstream.weight() == 0) {
      return "its weight is 0";
    }
    return upstream.availability() == Availability.UP
        ? "up, but others come first: primaries before backups, the own zone before others"
        : upstream.standing().reason();
  }
}

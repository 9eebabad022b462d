package dev.rollcall.proxy.admin;

import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.proxy.roll.RollReport;
import dev.rollcall.proxy.roll.Snapshot;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Drain, resume and weigh one instance, for every proxy of the cluster: each action is a new wish,
 * made of the one that stands. Control thread only.
 */
final class InstanceActions {

  private static final System.Logger LOG = System.getLogger(InstanceActions.class.getName());
  private static final int MOST_WEIGHT = 1000;
  private static final int SECONDS = 5;

  private final RollReport report;
  private final OverrideWriter overrides;
  private final InstantSource clock;

  /**
   * @param clock wall clock, for people
   */
  InstanceActions(RollReport report, OverrideWriter overrides, InstantSource clock) {
    this.report = report;
    this.overrides = overrides;
    this.clock = clock;
  }

  void drain(RoutingContext request) {
    wish(request, "drain", now -> new InstanceOverride(now.weight(), true, now.by(), now.at()));
  }

  void resume(RoutingContext request) {
    wish(request, "resume", now -> new InstanceOverride(now.weight(), false, now.by(), now.at()));
  }

  /** {@code {"weight": n}}; null goes back to the registered weight. */
  void weigh(RoutingContext request) {
    Object weight = weight(request);
    if (weight instanceof Integer n && n >= 0 && n <= MOST_WEIGHT) {
      weigh(request, n);
    } else if (weight == JsonNull.NULL) {
      weigh(request, null);
    } else {
      new AdminProblem(400, "expected: {\"weight\": n}, n 0 to " + MOST_WEIGHT + " or null")
          .answer(request);
    }
  }

  private void weigh(RoutingContext request, @Nullable Integer weight) {
    wish(
        request,
        "weight " + (weight == null ? "as registered" : weight),
        now -> new InstanceOverride(weight, now.drain(), now.by(), now.at()));
  }

  private enum JsonNull {
    NULL
  }

  private static @Nullable Object weight(RoutingContext request) {
    try {
      JsonObject body = request.body().asJsonObject();
      return body == null || !body.containsKey("weight")
          ? null
          : body.getValue("weight", JsonNull.NULL) == null
              ? JsonNull.NULL
              : body.getValue("weight");
    } catch (DecodeException | ClassCastException notAnObject) {
      return null;
    }
  }

  private void wish(RoutingContext request, String what, UnaryOperator<InstanceOverride> change) {
    String id = request.pathParam("id");
    Upstream upstream = find(id);
    if (upstream == null) {
      new AdminProblem(404, "no instance " + id + " is on the roll").answer(request);
      return;
    }
    String by = TokenCheck.who(request);
    InstanceOverride changed = change.apply(standing(upstream));
    InstanceOverride wish =
        new InstanceOverride(
            changed.weight(),
            changed.drain(),
            by,
            clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    overrides
        .write(id, wish)
        .timeout(SECONDS, TimeUnit.SECONDS)
        .onSuccess(done -> LOG.log(System.Logger.Level.INFO, upstream + ": " + what + ", by " + by))
        .onSuccess(done -> answer(request, upstream, wish))
        .onFailure(
            why ->
                new AdminProblem(503, "the registry doesn't take it: " + why.getMessage())
                    .answer(request));
  }

  private static InstanceOverride standing(Upstream upstream) {
    InstanceOverride wish = upstream.wish();
    return wish == null ? new InstanceOverride(null, false, "", "") : wish;
  }

  private @Nullable Upstream find(String id) {
    Snapshot snapshot = report.snapshot();
    return snapshot.services().values().stream()
        .flatMap(service -> service.upstreams().stream())
        .filter(upstream -> upstream.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  private static void answer(RoutingContext request, Upstream upstream, InstanceOverride wish) {
    request.json(
        new JsonObject()
            .put("id", upstream.id())
            .put("name", upstream.instance().name())
            .put("weight", wish.weight())
            .put("drain", wish.drain())
            .put("by", wish.by())
            .put("at", wish.at()));
  }
}

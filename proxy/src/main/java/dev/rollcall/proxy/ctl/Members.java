package dev.rollcall.proxy.ctl;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The roll as the API tells it. */
final class Members {

  private final JsonArray services;

  Members(JsonArray services) {
    this.services = services;
  }

  /** A line an instance; of one service, or of all. */
  String instances(@Nullable String service) {
    Table table =
        new Table(
            "SERVICE",
            "NAME",
            "STATE",
            "ENDPOINT",
            "WEIGHT",
            "IN-FLIGHT",
            "REQUESTS",
            "FAILURES",
            "P99",
            "HEARTBEAT",
            "REASON",
            "ID");
    for (JsonObject each : each(services)) {
      if (service == null || service.equals(each.getString("name"))) {
        for (JsonObject one : each(each.getJsonArray("instances"))) {
          table.row(
              each.getString("name"),
              one.getString("name"),
              one.getString("state"),
              one.getString("endpoint"),
              one.getValue("weight"),
              one.getValue("inFlight"),
              one.getValue("requests"),
              one.getValue("failures"),
              millis(one.getJsonObject("latencyMs").getDouble("p99")),
              millis(one.getDouble("heartbeatAgeMs")),
              one.getString("reason"),
              one.getString("id"));
        }
      }
    }
    return table.text();
  }

  String services() {
    Table table = new Table("SERVICE", "UP", "OF", "POLICY", "ROUTES");
    for (JsonObject each : each(services)) {
      List<JsonObject> instances = each(each.getJsonArray("instances"));
      table.row(
          each.getString("name"),
          instances.stream().filter(one -> "up".equals(one.getString("state"))).count(),
          instances.size(),
          each.getString("policy"),
          each.getJsonArray("routes").stream()
              .map(String::valueOf)
              .collect(Collectors.joining(" ")));
    }
    return table.text();
  }

  /** The id of who is called so, by id or by name. */
  String idOf(String called) throws CtlFault {
    List<String> named = new ArrayList<>();
    for (JsonObject service : each(services)) {
      for (JsonObject one : each(service.getJsonArray("instances"))) {
        if (one.getString("id").equals(called)) {
          return called;
        }
        if (one.getString("name").equals(called)) {
          named.add(one.getString("id"));
        }
      }
    }
    if (named.size() == 1) {
      return named.get(0);
    }
    throw new CtlFault(
        CtlFault.REFUSED,
        named.isEmpty()
            ? called + ": nobody of that name or id is on the roll (see ctl members)"
            : called + ": several are called so; say which by id: " + String.join(" ", named));
  }

  static List<JsonObject> each(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  private static String millis(@Nullable Double ms) {
    if (ms == null) {
      return "-";
    }
    return ms < 1000
        ? String.format(Locale.ROOT, ms < 10 ? "%.1f ms" : "%.0f ms", ms)
        : String.format(Locale.ROOT, "%.1f s", ms / 1000);
  }
}

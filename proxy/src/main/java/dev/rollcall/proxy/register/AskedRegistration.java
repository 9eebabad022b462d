package dev.rollcall.proxy.register;

import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Tier;
import dev.rollcall.discovery.settings.DurationText;
import dev.rollcall.discovery.store.Fields;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a PUT says: a registration, and how busy the instance is. Strict, since whoever
 * wrote it can read the answer: what isn't known, too long or of the wrong kind is one clear line.
 *
 * @param registration with a host
 * @param load what the instance tells of itself, or unknown
 */
record AskedRegistration(Registration registration, Load load) {

  /** The lease must end before a heartbeat that nobody renews is collected as garbage. */
  static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(10);

  static final Duration SHORTEST_HEARTBEAT = Duration.ofMillis(250);

  /** A lease is five heartbeats, at least this long. */
  static final Duration SHORTEST_TTL = Duration.ofSeconds(5);

  private static final int BEATS = 5;

  private static final List<String> KNOWN =
      List.of(
          "host",
          "port",
          "name",
          "protocol",
          "weight",
          "tier",
          "zone",
          "routes",
          "metadata",
          "heartbeat",
          "ttl",
          "probe",
          "inFlight",
          "load");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int MOST_ROUTES = 32;
  private static final int MOST_METADATA = 32;
  private static final int LONGEST_TEXT = 256;

  /**
   * @param service as the path names it
   * @param instance the same
   * @param body JSON, or null
   * @param caller its address, the host of those that name none
   * @throws IllegalArgumentException with one clear line
   */
  static AskedRegistration of(
      String service, String instance, @Nullable String body, String caller) {
    requireName("service", service);
    requireName("instance", instance);
    JsonObject json = parse(body);
    for (String field : json.fieldNames()) {
      if (!KNOWN.contains(field)) {
        throw new IllegalArgumentException(
            Fields.shown(field) + ": unknown (expected: " + String.join(", ", KNOWN) + ")");
      }
    }
    Object host = json.getValue("host");
    Registration registration =
        new Registration(
            service,
            shortText("name", Fields.text(json, "name", instance)),
            CallableHost.of(host == null ? null : Fields.text(json, "host"), caller),
            Fields.integer(json, "port", 1, 65535),
            Fields.word(json, "protocol", Protocol.HTTP),
            json.containsKey("weight") ? Fields.integer(json, "weight", 0, 1000) : 1,
            Fields.word(json, "tier", Tier.PRIMARY),
            shortText("zone", Fields.text(json, "zone", "")),
            routes(json),
            metadata(json),
            heartbeat(json),
            probe(json.getValue("probe")));
    return new AskedRegistration(registration, load(json));
  }

  /**
   * Letters, digits, dots, dashes and underscores: what stands in a path, a log and a map's key as
   * it is.
   *
   * @throws IllegalArgumentException with one clear line
   */
  static void requireName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + ": " + Fields.shown(name) + " (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
    }
  }

  private static JsonObject parse(@Nullable String body) {
    try {
      if (body != null && !body.isBlank()) {
        return new JsonObject(body);
      }
    } catch (DecodeException notJson) {
      throw new IllegalArgumentException("the body isn't a JSON object", notJson);
    }
    throw new IllegalArgumentException("the body is empty (expected: a JSON object with a port)");
  }

  private static List<String> routes(JsonObject json) {
    List<String> routes = Fields.texts(json, "routes", List.of("/"));
    if (routes.size() > MOST_ROUTES) {
      throw tooMany("routes", routes.size(), MOST_ROUTES);
    }
    routes.forEach(route -> shortText("routes", route));
    return routes;
  }

  private static Map<String, String> metadata(JsonObject json) {
    Map<String, String> metadata = Fields.pairs(json, "metadata");
    if (metadata.size() > MOST_METADATA) {
      throw tooMany("metadata", metadata.size(), MOST_METADATA);
    }
    metadata.forEach(
        (key, value) -> {
          shortText("metadata", key);
          shortText("metadata", value);
        });
    return metadata;
  }

  private static Duration heartbeat(JsonObject json) {
    String ttl = Fields.text(json, "ttl", "");
    if (ttl.isEmpty()) {
      String heartbeat = Fields.text(json, "heartbeat", "2s");
      return span("heartbeat", heartbeat, SHORTEST_HEARTBEAT, LONGEST_HEARTBEAT);
    }
    if (json.containsKey("heartbeat")) {
      throw new IllegalArgumentException(
          "ttl: " + Fields.shown(ttl) + " (expected: no heartbeat beside it)");
    }
    Duration longest = LONGEST_HEARTBEAT.multipliedBy(BEATS);
    return span("ttl", ttl, SHORTEST_TTL, longest).dividedBy(BEATS);
  }

  private static Duration span(String key, String text, Duration least, Duration most) {
    try {
      Duration span = DurationText.parse(text);
      if (span.compareTo(least) >= 0 && span.compareTo(most) <= 0) {
        return span;
      }
    } catch (IllegalArgumentException notOne) {
      // As one that is too long.
    }
    throw new IllegalArgumentException(
        key
            + ": "
            + Fields.shown(text)
            + " (expected: "
            + DurationText.of(least)
            + " to "
            + DurationText.of(most)
            + ")");
  }

  /** Nobody here can prove an identity: that takes the cluster's secret. */
  private static ProbeTarget probe(@Nullable Object probe) {
    if (probe == null || "tcp".equals(probe)) {
      return new ProbeTarget.Tcp();
    }
    if ("none".equals(probe)) {
      return new ProbeTarget.None();
    }
    if (probe instanceof JsonObject object
        && object.size() == 1
        && object.getValue("http") instanceof String path
        && path.startsWith("/")
        && path.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return new ProbeTarget.Http(shortText("probe", path));
    }
    throw new IllegalArgumentException(
        "probe: " + Fields.shown(probe) + " (expected: {\"http\": path}, \"tcp\" or \"none\")");
  }

  private static Load load(JsonObject json) {
    Object load = json.getValue("load");
    if (load != null
        && !(load instanceof Number n && n.doubleValue() >= 0 && n.doubleValue() <= 1)) {
      throw new IllegalArgumentException("load: " + Fields.shown(load) + " (expected: 0 to 1)");
    }
    return new Load(
        json.containsKey("inFlight") ? Fields.integer(json, "inFlight", 0, Integer.MAX_VALUE) : 0,
        load instanceof Number number ? number.doubleValue() : -1);
  }

  private static String shortText(String key, String text) {
    if (text.length() > LONGEST_TEXT || CONTROL.matcher(text).find()) {
      throw new IllegalArgumentException(
          key
              + ": "
              + Fields.shown(text)
              + " (expected: at most "
              + LONGEST_TEXT
              + " characters, none of them control)");
    }
    return text;
  }

  private static IllegalArgumentException tooMany(String key, int found, int most) {
    return new IllegalArgumentException(key + ": " + found + " (expected: at most " + most + ")");
  }
}

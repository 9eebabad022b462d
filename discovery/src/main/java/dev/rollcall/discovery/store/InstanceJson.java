package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.Tier;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registration as JSON text. Whoever writes it may leave out what has a default; only {@code id},
 * {@code epoch}, {@code seq}, {@code service}, {@code host} and {@code port} must be there. Fields
 * that this version doesn't know are no fault, whatever {@code v} says, and are kept by {@link
 * #write} when they come in as its base.
 */
final class InstanceJson {

  /** The version that this code writes. */
  static final int VERSION = 1;

  /** Longer texts are refused before they are parsed. */
  static final int MAX_LENGTH = 64 * 1024;

  private static final Set<String> KNOWN =
      Set.of(
          "v",
          "id",
          "epoch",
          "seq",
          "service",
          "name",
          "host",
          "port",
          "protocol",
          "weight",
          "tier",
          "zone",
          "routes",
          "metadata",
          "state",
          "heartbeatMs",
          "probe",
          "override",
          "client");

  /**
   * A registration that was read.
   *
   * @param instance what it says
   * @param client names the connection that it came by, or empty
   * @param json all of it, unknown fields too
   */
  record Read(Instance instance, String client, JsonObject json) {}

  private InstanceJson() {}

  /**
   * @throws IllegalArgumentException with one clear line when it is no registration
   */
  static Read read(String text) {
    JsonObject json = parse(text);
    int version = json.containsKey("v") ? Fields.integer(json, "v", 1, Integer.MAX_VALUE) : VERSION;
    try {
      return new Read(instance(json), Fields.text(json, "client", ""), json);
    } catch (IllegalArgumentException unreadable) {
      if (version <= VERSION) {
        throw unreadable;
      }
      throw new IllegalArgumentException(
          unreadable.getMessage() + "; written by a newer version (v " + version + ")", unreadable);
    }
  }

  /** What this version doesn't know of it. */
  static JsonObject unknown(JsonObject json) {
    JsonObject unknown = json.copy();
    KNOWN.forEach(unknown::remove);
    return unknown;
  }

  /**
   * @param base unknown fields, to be kept
   * @param client names the connection that it goes by, or null
   */
  static JsonObject write(Instance instance, @Nullable String client, JsonObject base) {
    JsonObject json = base.copy();
    json.put("v", VERSION)
        .put("id", instance.id())
        .put("epoch", instance.epoch())
        .put("seq", instance.seq())
        .put("service", instance.service())
        .put("name", instance.name())
        .put("host", instance.endpoint().host())
        .put("port", instance.endpoint().port())
        .put("protocol", word(instance.protocol()))
        .put("weight", instance.weight())
        .put("tier", word(instance.tier()))
        .put("zone", instance.zone())
        .put("routes", new JsonArray(List.copyOf(instance.routes())))
        .put("metadata", new JsonObject(new LinkedHashMap<>(instance.metadata())))
        .put("state", word(instance.state()))
        .put("heartbeatMs", instance.heartbeat().toMillis());
    putOrRemove(json, "probe", probe(instance.probe()));
    putOrRemove(
        json,
        "override",
        instance.override() == null ? null : OverrideJson.write(instance.override()));
    putOrRemove(json, "client", client);
    return json;
  }

  static JsonObject parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          text.length() + " characters (expected: at most " + MAX_LENGTH + ")");
    }
    try {
      return new JsonObject(text);
    } catch (DecodeException notJson) {
      throw new IllegalArgumentException("not a JSON object", notJson);
    }
  }

  private static Instance instance(JsonObject json) {
    String id = Fields.text(json, "id");
    return new Instance(
        id,
        Fields.text(json, "epoch"),
        Fields.number(json, "seq"),
        Fields.text(json, "service"),
        Fields.text(json, "name", id),
        new Endpoint(Fields.text(json, "host"), Fields.integer(json, "port", 1, 65535)),
        Fields.word(json, "protocol", Protocol.HTTP),
        json.containsKey("weight") ? Fields.integer(json, "weight", 0, 1000) : 1,
        Fields.word(json, "tier", Tier.PRIMARY),
        Fields.text(json, "zone", ""),
        Fields.texts(json, "routes", List.of("/")),
        Fields.pairs(json, "metadata"),
        Fields.word(json, "state", InstanceState.UP),
        Duration.ofMillis(
            json.containsKey("heartbeatMs")
                ? Fields.integer(json, "heartbeatMs", 1, 3_600_000)
                : 1000),
        probe(json.getValue("probe")),
        json.getValue("override") == null
            ? null
            : OverrideJson.read(Fields.object(json, "override")));
  }

  private static @Nullable Object probe(ProbeTarget probe) {
    if (probe instanceof ProbeTarget.Http http) {
      JsonObject json = new JsonObject().put("http", http.path());
      return http.identity() ? json.put("identity", true) : json;
    }
    return probe instanceof ProbeTarget.Tcp ? "tcp" : null;
  }

  private static ProbeTarget probe(@Nullable Object json) {
    if (json == null || "none".equals(json)) {
      return new ProbeTarget.None();
    }
    if ("tcp".equals(json)) {
      return new ProbeTarget.Tcp();
    }
    if (json instanceof JsonObject http && http.getValue("http") instanceof String path) {
      return new ProbeTarget.Http(path, Boolean.TRUE.equals(http.getValue("identity")));
    }
    throw new IllegalArgumentException(
        "probe: " + Fields.shown(json) + " (expected: {\"http\": path}, \"tcp\" or none)");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void putOrRemove(JsonObject json, String key, @Nullable Object value) {
    if (value == null) {
      json.remove(key);
    } else {
      json.put(key, value);
    }
  }
}

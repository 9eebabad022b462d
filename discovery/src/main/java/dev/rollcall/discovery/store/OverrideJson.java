package dev.rollcall.discovery.store;

import dev.rollcall.discovery.InstanceOverride;
import io.vertx.core.json.JsonObject;

/** An operator's wish as JSON. */
final class OverrideJson {

  private OverrideJson() {}

  static JsonObject write(InstanceOverride override) {
    JsonObject json = new JsonObject();
    if (override.weight() != null) {
      json.put("weight", override.weight());
    }
    return json.put("drain", override.drain()).put("by", override.by()).put("at", override.at());
  }

  /**
   * @throws IllegalArgumentException with one clear line when it is no wish
   */
  static InstanceOverride read(JsonObject json) {
    return new InstanceOverride(
        json.getValue("weight") == null ? null : Fields.integer(json, "weight", 0, 1000),
        Fields.flag(json, "drain", false),
        Fields.text(json, "by", ""),
        Fields.text(json, "at", ""));
  }
}

package dev.rollcall.discovery.settings;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Pieces of JSON Schema (draft 2020-12) for values as YAML gives them: a number or a switch may
 * also stand in quotes. They are a little wider than what is read, never narrower.
 */
final class Schemas {

  private Schemas() {}

  /** One scalar, whatever YAML makes of it. */
  static JsonObject scalar() {
    return new JsonObject().put("type", JsonArray.of("string", "number", "boolean"));
  }

  static JsonObject text(String pattern) {
    return new JsonObject().put("type", "string").put("pattern", pattern);
  }

  static JsonObject wholeNumber(int least, int most) {
    JsonObject number =
        new JsonObject()
            .put("type", JsonArray.of("integer", "string"))
            .put("pattern", "^\\d+$")
            .put("minimum", least);
    return most == Integer.MAX_VALUE ? number : number.put("maximum", most);
  }

  static JsonObject oneOf(List<?> values) {
    return new JsonObject().put("enum", new JsonArray(values));
  }

  static JsonObject list(JsonObject element) {
    return either(new JsonObject().put("type", "array").put("items", element), scalar());
  }

  static JsonObject map(JsonObject value) {
    return either(
        new JsonObject().put("type", "object").put("additionalProperties", value),
        new JsonObject().put("type", "string"));
  }

  static JsonObject parts(Map<String, JsonObject> parts) {
    JsonObject properties = new JsonObject();
    parts.forEach(properties::put);
    return new JsonObject()
        .put("type", "object")
        .put("properties", properties)
        .put("additionalProperties", false);
  }

  static JsonObject either(JsonObject one, JsonObject other) {
    return new JsonObject().put("anyOf", JsonArray.of(one, other));
  }

  /** Nothing, or the word {@code none}. */
  static JsonObject nothing() {
    JsonArray nothing = new JsonArray().add("none").addNull();
    return new JsonObject().put("enum", nothing);
  }
}

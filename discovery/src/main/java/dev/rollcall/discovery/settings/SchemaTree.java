package dev.rollcall.discovery.settings;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The declared settings as nested JSON Schema: one level for each part of a dotted key. */
final class SchemaTree {

  /** Stands in declarations for names of the user's choice. */
  static final String NAME = "NAME";

  private final Map<String, SchemaTree> below = new TreeMap<>();
  private @Nullable JsonObject own;

  /** Enters what the value of a key may be. */
  void put(String key, JsonObject schema) {
    SchemaTree place = this;
    for (String part : key.split("\\.")) {
      place = place.below.computeIfAbsent(part, p -> new SchemaTree());
    }
    place.own = schema;
  }

  /** The whole document. */
  JsonObject document(String title) {
    JsonObject root =
        new JsonObject()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", title)
            .mergeIn(section());
    // A key may be written with dots, too: http.port: 80. What follows is checked by --check.
    return root.put(
        "patternProperties", new JsonObject().put("^[a-z0-9-]+\\..+$", new JsonObject()));
  }

  private JsonObject schema() {
    if (below.isEmpty()) {
      return own == null ? new JsonObject() : own;
    }
    return own == null ? section() : both(own, section());
  }

  /** A key that has a value of its own and others below it, as secret and secret.previous. */
  private static JsonObject both(JsonObject own, JsonObject section) {
    JsonObject value = own.copy();
    Object description = value.remove("description");
    return new JsonObject()
        .put("description", description)
        .put("anyOf", JsonArray.of(value, section));
  }

  private JsonObject section() {
    JsonObject section = new JsonObject().put("type", JsonArray.of("object", "null"));
    JsonObject properties = new JsonObject();
    below.forEach(
        (part, tree) -> {
          if (!part.equals(NAME)) {
            properties.put(part, tree.schema());
          }
        });
    SchemaTree named = below.get(NAME);
    return section
        .put("properties", properties)
        .put("additionalProperties", named == null ? false : named.sectionOfAName());
  }

  /** In a section of the user's naming, keys may be written with dots as well. */
  private JsonObject sectionOfAName() {
    return section()
        .put("patternProperties", new JsonObject().put("^[a-z0-9-]+\\..+$", new JsonObject()));
  }
}

package dev.rollcall.discovery.settings;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Values that are made of others: a sequence, a mapping, or named parts. */
final class CompoundTypes {

  private CompoundTypes() {}

  /** A sequence in the file, or one text with separators between. */
  static <T> ValueType<List<T>> list(ValueType<T> element, String separator) {
    return new ValueType<>(
        element.expected() + separator + "…",
        false,
        Schemas.list(element.schema()),
        given -> {
          List<T> values = new ArrayList<>();
          for (Given item : Parts.items(given, separator)) {
            values.add(element.read(item));
          }
          return List.copyOf(values);
        });
  }

  /** As {@link ValueType#map(ValueType, String)} tells. */
  static <T> ValueType<Map<String, T>> map(ValueType<T> value, String separator) {
    String expected = "name=" + value.expected() + separator + "…";
    return new ValueType<>(
        expected,
        true,
        Schemas.map(value.schema()),
        given -> {
          Map<String, T> values = new LinkedHashMap<>();
          for (Map.Entry<String, Given> field :
              Parts.fields(given, separator, expected).entrySet()) {
            values.put(field.getKey(), value.read(field.getValue()));
          }
          return Collections.unmodifiableMap(values);
        });
  }

  /** As {@link ValueType#parts} tells. */
  static <T> ValueType<T> parts(
      ValueType<T> brief, Map<String, ValueType<?>> parts, Function<Map<String, Object>, T> make) {
    String names = String.join(", ", new TreeSet<>(parts.keySet()));
    String expected = brief.expected() + ", or a mapping of " + names;
    Map<String, JsonObject> schemas = new TreeMap<>();
    parts.forEach((name, part) -> schemas.put(name, part.schema()));
    return new ValueType<>(
        expected,
        false,
        Schemas.either(brief.schema(), Schemas.parts(schemas)),
        given -> {
          if (!(given instanceof Given.Fields fields)) {
            return brief.read(given);
          }
          Map<String, Object> values = values(fields, parts, names);
          try {
            return make.apply(values);
          } catch (IllegalArgumentException notOne) {
            throw new Misfit(given, expected);
          }
        });
  }

  private static Map<String, Object> values(
      Given.Fields given, Map<String, ValueType<?>> parts, String names) throws Misfit {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, Given> field : given.fields().entrySet()) {
      ValueType<?> part = parts.get(field.getKey());
      if (part == null) {
        String near = NearestKey.of(field.getKey(), parts.keySet()).orElse(names);
        throw new Misfit(
            new Given.Text(field.getKey(), field.getValue().origin()),
            "one of " + names + "; nearest: " + near);
      }
      values.put(field.getKey(), part.read(field.getValue()));
    }
    return values;
  }
}

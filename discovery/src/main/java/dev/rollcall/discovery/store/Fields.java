package dev.rollcall.discovery.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Strict reading of JSON that strangers may have written: the wrong kind of value is one line. */
public final class Fields {

  private static final int SHOWN = 60;

  private Fields() {}

  /** Not blank. */
  public static String text(JsonObject json, String key) {
    if (json.getValue(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw unexpected(json, key, "text");
  }

  public static String text(JsonObject json, String key, String absent) {
    Object value = json.getValue(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof String text) {
      return text;
    }
    throw unexpected(json, key, "text");
  }

  public static long number(JsonObject json, String key) {
    Object value = json.getValue(key);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw unexpected(json, key, "a whole number");
  }

  public static int integer(JsonObject json, String key, int least, int most) {
    Object value = json.getValue(key);
    if (value instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    throw unexpected(json, key, "a whole number, " + least + " to " + most);
  }

  public static boolean flag(JsonObject json, String key, boolean absent) {
    Object value = json.getValue(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw unexpected(json, key, "true or false");
  }

  public static <E extends Enum<E>> E word(JsonObject json, String key, E absent) {
    Object value = json.getValue(key);
    if (value == null) {
      return absent;
    }
    for (E constant : absent.getDeclaringClass().getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    String words =
        Arrays.stream(absent.getDeclaringClass().getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" or "));
    throw unexpected(json, key, words);
  }

  public static List<String> texts(JsonObject json, String key, List<String> absent) {
    Object value = json.getValue(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
      return array.stream().map(String.class::cast).toList();
    }
    throw unexpected(json, key, "a list of texts");
  }

  public static Map<String, String> pairs(JsonObject json, String key) {
    Object value = json.getValue(key);
    if (value == null) {
      return Map.of();
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Map.Entry<String, Object> pair : object(json, key)) {
      if (!(pair.getValue() instanceof String text)) {
        throw unexpected(json, key, "pairs of texts");
      }
      pairs.put(pair.getKey(), text);
    }
    return pairs;
  }

  public static JsonObject object(JsonObject json, String key) {
    if (json.getValue(key) instanceof JsonObject object) {
      return object;
    }
    throw unexpected(json, key, "an object");
  }

  /** The value as an error line may show it: short, on one line. */
  public static String shown(@Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static IllegalArgumentException unexpected(JsonObject json, String key, String expected) {
    String found = json.containsKey(key) ? shown(json.getValue(key)) : "missing";
    return new IllegalArgumentException(key + ": " + found + " (expected: " + expected + ")");
  }
}

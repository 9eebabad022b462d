package dev.rollcall.proxy.forward.gzip;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy compresses on the way to clients that take it.
 *
 * @param coding default off. Over TLS, pages that show both a secret and something of the request
 *     tell the secret by their compressed size (BREACH): leave it off for those
 * @param minSize bytes of a body of known length; below, gzip gains nothing. Default 1 KB
 * @param types media types, {@code *} for any text within; default text and what is text in truth
 */
public record Compression(Coding coding, long minSize, List<String> types) {

  /** How bodies are compressed. */
  public enum Coding {
    /** Not at all. */
    OFF,
    /** RFC 1952. */
    GZIP
  }

  private static final String TEXTS =
      "text/*, application/json, application/*+json, application/javascript, application/xml,"
          + " application/*+xml, image/svg+xml";

  private static final ValueType<String> TYPE =
      ValueType.of(
          "a media type such as text/* or application/json",
          text -> {
            if (!text.matches("[\\w.+*-]+/[\\w.+*-]+")
                || text.indexOf('*') != text.lastIndexOf('*')) {
              throw new IllegalArgumentException(text);
            }
            return text.toLowerCase(Locale.ROOT);
          });

  public static final Compression NONE = new Compression(Coding.OFF, 1024, List.of());

  public Compression {
    types = List.copyOf(types);
  }

  public static Compression read(Settings settings) {
    return new Compression(
        settings.get(
            "compression",
            ValueType.oneOf(Coding.class),
            "off",
            "off, or gzip for clients that take it"),
        settings.get(
            "compression.min-size", ValueType.SIZE, "1KB", "shorter bodies are left as they are"),
        settings.get(
            "compression.types", ValueType.list(TYPE), TEXTS, "media types that are compressed"));
  }

  public boolean isOn() {
    return coding != Coding.OFF;
  }

  /** True for a media type that shrinks; parameters after it don't matter. */
  boolean takes(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    int semicolon = contentType.indexOf(';');
    String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    for (String pattern : types) {
      if (matches(pattern, type)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String type) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equalsIgnoreCase(type);
    }
    int rest = pattern.length() - star - 1;
    return type.length() >= pattern.length() - 1
        && type.regionMatches(true, 0, pattern, 0, star)
        && type.regionMatches(true, type.length() - rest, pattern, star + 1, rest);
  }
}

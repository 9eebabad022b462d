package dev.rollcall.discovery.settings;

import java.util.Locale;

/**
 * The declaration of one setting, as an option record made it by reading.
 *
 * @param key dotted, as in the file
 * @param expected what its value may be, for people
 * @param fallback the default as one would write it, or a word such as {@code none}
 * @param meaning one line for people
 * @param fileOnly no environment variable goes with it
 */
public record Setting(
    String key, String expected, String fallback, String meaning, boolean fileOnly) {

  /** The environment variable of a key: {@code http.port} is {@code ROLLCALL_HTTP_PORT}. */
  public static String variable(String key) {
    return "ROLLCALL_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  public String variable() {
    return variable(key);
  }

  /** True for a key of one section that else has the value of the same key outside. */
  public boolean inherited() {
    return fallback.startsWith("as ") && key.endsWith("." + inheritedFrom());
  }

  /** The key outside, if this is {@link #inherited}. */
  public String inheritedFrom() {
    return fallback.substring("as ".length());
  }
}

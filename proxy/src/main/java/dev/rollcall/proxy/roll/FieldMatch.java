package dev.rollcall.proxy.roll;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a header field, or a cookie, of a request must be.
 *
 * @param name in lower case for a header field
 * @param value exactly; empty: any, as long as it is there
 */
public record FieldMatch(String name, String value) {

  public FieldMatch {
    boolean clean = name.chars().allMatch(c -> c > ' ' && c < 127 && ",;=\"".indexOf(c) < 0);
    if (name.isEmpty() || !clean) {
      throw new IllegalArgumentException("name: " + name + " (expected: NAME or NAME=VALUE)");
    }
  }

  /**
   * Reads {@code NAME} or {@code NAME=VALUE}.
   *
   * @throws IllegalArgumentException if the name is none
   */
  public static FieldMatch parse(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new FieldMatch(text, "")
        : new FieldMatch(text.substring(0, equals), text.substring(equals + 1));
  }

  /** The same for a header field, whose case doesn't count. */
  public FieldMatch ofHeader() {
    return new FieldMatch(name.toLowerCase(Locale.ROOT), value);
  }

  /**
   * @param fields the value of a field by name, null when there is none
   */
  public boolean holds(Function<String, @Nullable String> fields) {
    String present = fields.apply(name);
    return present != null && (value.isEmpty() || value.equals(present));
  }

  @Override
  public String toString() {
    return value.isEmpty() ? name : name + "=" + value;
  }
}

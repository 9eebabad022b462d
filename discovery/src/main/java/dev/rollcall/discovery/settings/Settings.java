package dev.rollcall.discovery.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What option records read themselves from. Asking for a key declares it; a value that doesn't fit
 * is remembered as a fault and read as its default, so that one run finds every fault.
 *
 * <p>Not thread-safe: settings are read by one thread, at start or at a reload.
 */
public final class Settings {

  private final Sources sources;
  private final String prefix;
  private final boolean inherits;

  Settings(Sources sources, String prefix, boolean inherits) {
    this.sources = sources;
    this.prefix = prefix;
    this.inherits = inherits;
  }

  /**
   * A setting that always has a value.
   *
   * @param fallback the default, written as a user would write it
   * @param meaning one line for people: unit and danger where there is one
   */
  public <T> T get(String key, ValueType<T> type, String fallback, String meaning) {
    T value = look(key, type, fallback, meaning, false);
    return value != null ? value : byDefault(type, key, fallback);
  }

  /**
   * A setting that may be absent; in the file, {@code none} says so too.
   *
   * @param without what holds then, for people: {@code none}, {@code every interface}
   */
  public <T> @Nullable T find(String key, ValueType<T> type, String without, String meaning) {
    return look(key, type, without, meaning, true);
  }

  /**
   * A text that must not be shown, given as {@code key}, or as the path of a file that holds it in
   * {@code key-file}.
   */
  public @Nullable Secret secret(String key, String meaning) {
    return sources.secret(prefix + key, meaning, !prefix.isEmpty());
  }

  /** Reads each section of the user's naming below {@code section}, as {@code services.NAME.…}. */
  public <T> Map<String, T> each(String section, BiFunction<String, Settings, T> reader) {
    Map<String, T> sections = new LinkedHashMap<>();
    for (String name : sources.names(section)) {
      sections.put(
          name, reader.apply(name, new Settings(sources, section + "." + name + ".", false)));
    }
    return sections;
  }

  /** The same section, where a key that it doesn't give has the value of the same key outside. */
  public Settings inheriting() {
    return new Settings(sources, prefix, true);
  }

  /** Remembers that a value which fits its type is wrong beside the others. */
  public void refuse(String key, String expected) {
    sources.refuse(prefix + key, expected);
  }

  /** True when the file or the environment says something of this key, which was asked for. */
  public boolean isGiven(String key) {
    return sources.isGiven(prefix + key);
  }

  /** Remembers one line that a person should read although the process can run. */
  public void warn(String line) {
    sources.warn(line);
  }

  private <T> @Nullable T look(
      String key, ValueType<T> type, String fallback, String meaning, boolean optional) {
    String full = prefix + key;
    boolean fileOnly = !prefix.isEmpty();
    Given given = sources.given(full, type, fileOnly);
    String from = full;
    if (given == null && inherits) {
      given = sources.given(key, type, false);
      from = key;
    }
    sources.declare(
        new Setting(full, type.expected(), inherits ? "as " + key : fallback, meaning, fileOnly),
        given,
        optional ? Schemas.either(type.schema(), Schemas.nothing()) : type.schema());
    if (given == null || (optional && isNone(given))) {
      return null;
    }
    try {
      return type.read(given);
    } catch (Misfit misfit) {
      sources.fault(
          Fault.misfit(from, misfit.given().shown(), misfit.expected(), misfit.given().origin()));
      return null;
    }
  }

  private static boolean isNone(Given given) {
    return given instanceof Given.Text text
        && (text.text().isBlank() || text.text().strip().equals("none"));
  }

  private static <T> T byDefault(ValueType<T> type, String key, String fallback) {
    Given given = new Given.Text(fallback, Origin.DEFAULT);
    try {
      return type.read(given);
    } catch (Misfit misfit) {
      throw new IllegalStateException("the default of " + key + " is no value of it", misfit);
    }
  }
}

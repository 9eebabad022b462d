package dev.rollcall.discovery.settings;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading the settings once.
 *
 * @param options the option record, or null when there are faults
 * @param faults what is wrong, in order of lines; empty when the process may run
 * @param warnings what a person should know although it may run
 * @param effective each declared setting with the value that holds
 */
public record Reading<T>(
    @Nullable T options, List<Fault> faults, List<String> warnings, List<Effective> effective) {

  /**
   * The value of one setting, for people.
   *
   * @param shown as it was written; secrets are not shown
   * @param written the whole of it, to tell whether it has changed
   * @param origin who said so
   */
  public record Effective(Setting setting, String shown, Secret written, Origin origin) {}

  /** The keys whose values are others than in {@code before}, in order of reading. */
  public List<String> changedSince(Reading<?> before) {
    Map<String, Secret> then = values(before);
    Map<String, Secret> now = values(this);
    Set<String> keys = new LinkedHashSet<>(now.keySet());
    keys.addAll(then.keySet());
    return keys.stream().filter(key -> !Objects.equals(now.get(key), then.get(key))).toList();
  }

  /** What a section inherits is left out: it changes with the key that it comes from. */
  private static Map<String, Secret> values(Reading<?> reading) {
    Map<String, Origin> origins = new HashMap<>();
    reading.effective().forEach(each -> origins.put(each.setting().key(), each.origin()));
    Map<String, Secret> values = new LinkedHashMap<>();
    for (Effective each : reading.effective()) {
      Setting setting = each.setting();
      boolean absent = setting.fileOnly() && each.origin() == Origin.DEFAULT;
      boolean inherits =
          setting.inherited() && each.origin().equals(origins.get(setting.inheritedFrom()));
      if (!absent && !inherits) {
        values.put(setting.key(), each.written());
      }
    }
    return values;
  }
}

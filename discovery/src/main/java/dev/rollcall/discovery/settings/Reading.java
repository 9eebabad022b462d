package dev.rollcall.discovery.settings;

import java.util.List;
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
   * @param origin who said so
   */
  public record Effective(Setting setting, String shown, Origin origin) {}
}

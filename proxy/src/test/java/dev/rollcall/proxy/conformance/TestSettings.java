package dev.rollcall.proxy.conformance;

import dev.rollcall.discovery.settings.Elsewhere;
import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Reading;
import dev.rollcall.discovery.settings.Setting;
import dev.rollcall.proxy.forward.ForwardOptions;
import java.util.Map;
import java.util.TreeMap;

/** A case's settings, by their keys in the settings table, read as the process reads them. */
final class TestSettings {

  private static final Program<ForwardOptions> PROGRAM =
      new Program<>("conformance", "0", "", ForwardOptions::read, Elsewhere.NOTHING);

  private TestSettings() {}

  static ForwardOptions options(Map<String, String> given) {
    Map<String, String> environment = new TreeMap<>();
    given.forEach((key, value) -> environment.put(Setting.variable(key), value));
    Reading<ForwardOptions> reading = PROGRAM.read(null, environment);
    if (reading.options() == null) {
      throw new IllegalArgumentException(reading.faults().toString());
    }
    return reading.options();
  }
}

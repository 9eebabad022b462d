package dev.rollcall.discovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;

/** Reads the settings of an {@link Example}. */
abstract class SettingsCase {

  @TempDir protected Path dir;

  protected Reading<Example> yaml(String text) {
    return yaml(text, Map.of());
  }

  protected Reading<Example> yaml(String text, Map<String, String> environment) {
    try {
      return Example.PROGRAM.read(
          Files.writeString(dir.resolve("settings.yml"), text), environment);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  protected static Reading<Example> env(String name, String value) {
    return Example.PROGRAM.read(null, Map.of(name, value));
  }

  protected static Example good(Reading<Example> reading) {
    assertThat(reading.faults()).isEmpty();
    return Objects.requireNonNull(reading.options());
  }

  protected List<String> lines(Reading<Example> reading) {
    String file = dir.resolve("settings.yml").toString();
    return reading.faults().stream().map(f -> f.toString().replace(file, "FILE")).toList();
  }
}

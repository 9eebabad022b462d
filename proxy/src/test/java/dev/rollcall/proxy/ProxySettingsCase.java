package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Fault;
import dev.rollcall.discovery.settings.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;

/** Settings to be read, from the environment or from a file. */
abstract class ProxySettingsCase {

  @TempDir protected Path dir;

  protected static Reading<ProxyOptions> read(Map<String, String> environment) {
    return ProxyOptions.PROGRAM.read(null, environment);
  }

  protected Reading<ProxyOptions> file(String yaml) {
    try {
      return ProxyOptions.PROGRAM.read(
          Files.writeString(dir.resolve("rollcall.yml"), yaml), Map.of());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  protected static ProxyOptions good(Reading<ProxyOptions> reading) {
    assertThat(reading.faults()).isEmpty();
    return Objects.requireNonNull(reading.options());
  }

  protected static List<String> faults(Reading<ProxyOptions> reading) {
    return reading.faults().stream().map(Fault::toString).toList();
  }
}

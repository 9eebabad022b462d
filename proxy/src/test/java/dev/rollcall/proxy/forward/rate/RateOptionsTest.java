package dev.rollcall.proxy.forward.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Elsewhere;
import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Reading;
import dev.rollcall.proxy.forward.ForwardOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateOptionsTest {

  private static final Program<Rates> PROGRAM =
      new Program<>("rates", "0", "", Rates::read, Elsewhere.NOTHING);

  @TempDir Path directory;

  @Test
  void readsRequestsASecondMinuteOrHour() {
    assertThat(all("10/s")).isEqualTo(new RateOptions(Duration.ofMillis(100), 10, null));
    assertThat(all("10")).isEqualTo(all("10/s"));
    assertThat(all("120/m")).isEqualTo(new RateOptions(Duration.ofMillis(500), 2, null));
    assertThat(all("4/h")).isEqualTo(new RateOptions(Duration.ofMinutes(15), 1, null));
    assertThat(all("none")).isNull();
  }

  @Test
  void saysWhatItExpects() {
    assertThat(faults("ROLLCALL_LIMIT_RATE", "0/s")).contains("limit.rate: 0/s (expected: ");
    assertThat(faults("ROLLCALL_LIMIT_RATE", "ten")).contains("10/s, 600/m, 1000/h");
    assertThat(faults("ROLLCALL_LIMIT_RATE_KEY", "header:")).contains("address or header:NAME");
    assertThat(faults("ROLLCALL_LIMIT_RATE_BURST", "0")).contains("1 or more");
  }

  @Test
  void aServiceHasItsOwnBesideTheCommonOne() throws IOException {
    Path file = directory.resolve("rollcall.yml");
    Files.writeString(
        file,
        """
        limit.rate: 100/s
        services:
          api:
            limit.rate: 5/s
            limit.rate-burst: 20
            limit.rate-key: header:X-Api-Key
          web:
            limit.in-flight: 7
        """);

    Rates rates = read(file);
    assertThat(rates.all().rate()).isEqualTo(new RateOptions(Duration.ofMillis(10), 100, null));
    assertThat(rates.byService())
        .containsOnly(
            Map.entry(
                "api",
                new RateRules(new RateOptions(Duration.ofMillis(200), 20, "X-Api-Key"), Map.of())));
  }

  @Test
  void pathsHaveOthers() {
    RateRules rules = read("ROLLCALL_LIMIT_RATE_PATHS", "/login=5/m,/search=10/s").all();
    assertThat(rules.rate()).isNull();
    assertThat(rules.byPath())
        .containsOnly(
            Map.entry("/login", new RateOptions(Duration.ofSeconds(12), 1, null)),
            Map.entry("/search", new RateOptions(Duration.ofMillis(100), 10, null)));
    assertThat(faults("ROLLCALL_LIMIT_RATE_PATHS", "login=5/m"))
        .contains("limit.rate-paths: login=5/m (expected: /path=requests a second");
  }

  @Test
  void theLongestPathThatFitsHolds() {
    RateLevel level =
        new RateLevel(
            read("ROLLCALL_LIMIT_RATE_PATHS", "/a=1/s,/a/b=2/s,/=3/s").all(), System::nanoTime);
    assertThat(level.of("/a/b/"::startsWith).options().burst()).isEqualTo(2);
    assertThat(level.of("/a"::startsWith).options().burst()).isEqualTo(1);
    assertThat(level.of("/"::startsWith).options().burst()).isEqualTo(3);
    assertThat(level.of(prefix -> false)).isNull();
  }

  private static Rates read(Path file) {
    Program<ForwardOptions> all =
        new Program<>("rates", "0", "", ForwardOptions::read, Elsewhere.NOTHING);
    Reading<ForwardOptions> reading = all.read(file, Map.of());
    assertThat(reading.faults()).isEmpty();
    return reading.options().rates();
  }

  private static RateOptions all(String rate) {
    return read("ROLLCALL_LIMIT_RATE", rate).all().rate();
  }

  private static Rates read(String variable, String value) {
    return PROGRAM.read(null, Map.of(variable, value)).options();
  }

  private static String faults(String variable, String value) {
    return PROGRAM.read(null, Map.of(variable, value)).faults().toString();
  }
}

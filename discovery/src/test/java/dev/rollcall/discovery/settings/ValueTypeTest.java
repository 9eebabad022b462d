package dev.rollcall.discovery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.Tier;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {

  @ParameterizedTest
  @CsvSource({"250ms,250", "1s,1000", "2m,120000", "1h,3600000", "1d,86400000", "0s,0"})
  void readsDurations(String text, long millis) throws Misfit {
    assertThat(read(ValueType.DURATION, text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "s", "-1s", "1.5s", "1 s", "1S", "1sec", "", "99999999999s"})
  void refusesWhatIsNoDuration(String text) {
    assertMisfit(ValueType.DURATION, text, "a duration such as 250ms, 1s, 2m");
  }

  @ParameterizedTest
  @CsvSource({"0s", "250ms", "1s", "90s", "2m", "1h", "25h"})
  void writesDurationsAsTheyAreRead(String text) throws Misfit {
    assertThat(DurationText.of(read(ValueType.DURATION, text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0B,0", "512B,512", "64KB,65536", "10MB,10485760", "1GB,1073741824"})
  void readsSizes(String text, long bytes) throws Misfit {
    assertThat(read(ValueType.SIZE, text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "64kb", "1.5MB", "-1KB", "KB", "64KiB"})
  void refusesWhatIsNoSize(String text) {
    assertMisfit(ValueType.SIZE, text, "a size such as 512B, 64KB, 10MB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536"})
  void refusesPortsOutOfRange(String text) {
    assertMisfit(ValueType.PORT, text, "0 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "80a", "8e1", ""})
  void refusesPortsThatAreNoNumber(String text) {
    assertMisfit(ValueType.PORT, text, "a port, 0 to 65535");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a:b:c", "a b", "host:", ":80", "host:99999", "http://host", "[::1", "[]:80"})
  void refusesWhatIsNoEndpoint(String text) {
    assertMisfit(ValueType.endpoint(1), text, "host[:port], such as 10.0.0.4:1");
  }

  @Test
  void readsChoicesInLowerCase() throws Misfit {
    assertThat(read(ValueType.oneOf(Tier.class), "backup")).isEqualTo(Tier.BACKUP);
    assertMisfit(ValueType.oneOf(Tier.class), "BACKUP", "one of primary, backup");
  }

  @Test
  void readsNoneAsWhatStandsForIt() throws Misfit {
    ValueType<Integer> limit = ValueType.COUNT.orNone(-1);

    assertThat(read(limit, "none")).isEqualTo(-1);
    assertThat(read(limit, "7")).isEqualTo(7);
    assertThat(limit.expected()).isEqualTo("a whole number, or none");
  }

  @Test
  void readsSwitches() throws Misfit {
    assertThat(read(ValueType.SWITCH, "true")).isTrue();
    assertThat(read(ValueType.SWITCH, "false")).isFalse();
    assertMisfit(ValueType.SWITCH, "yes", "true or false");
  }

  @Test
  void readsPairsAndRefusesThoseWithoutName() throws Misfit {
    ValueType<Map<String, String>> pairs = ValueType.map(ValueType.TEXT, ",");

    assertThat(read(pairs, "a=1, b=2=3")).isEqualTo(Map.of("a", "1", "b", "2=3"));
    assertMisfit(pairs, "=1", "name=some text,…");
    assertMisfit(pairs, "a", "name=some text,…");
    assertMisfit(pairs, "a=1,a=2", "a only once");
    assertMisfit(pairs, "a=", "some text");
  }

  @Test
  void showsLongAndControlledTextOnOneLine() {
    Given given = new Given.Text("a\n\u001b[31mb" + "c".repeat(100), Origin.DEFAULT);

    assertThat(given.shown()).hasSize(80).startsWith("a [31mbcc").endsWith("...");
  }

  private static <T> T read(ValueType<T> type, String text) throws Misfit {
    return type.read(new Given.Text(text, Origin.DEFAULT));
  }

  private static void assertMisfit(ValueType<?> type, String text, String expected) {
    assertThatThrownBy(() -> read(type, text))
        .isInstanceOfSatisfying(
            Misfit.class, misfit -> assertThat(misfit.expected()).isEqualTo(expected));
  }
}

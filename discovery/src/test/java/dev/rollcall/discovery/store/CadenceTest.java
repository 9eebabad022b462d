package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceTest {

  private static Cadence seconds(int seconds) {
    return seconds == 0 ? Cadence.FREE : new Cadence(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4, 0",
    "1000, 0",
    "1250, 0",
    "1252, 2",
    "2500, 2",
    "2502, 5",
    "6250, 5",
    "6252, 10",
    "10000, 10",
    "12500, 10",
    "12502, 20",
    "1000000, 20"
  })
  void isTheSlowerTheMoreThereAre(int instances, int seconds) {
    assertThat(Cadence.FREE.next(instances)).isEqualTo(seconds(seconds));
  }

  @Test
  void comesDownLaterThanItWentUp() {
    assertThat(seconds(2).next(1000)).isEqualTo(seconds(2));
    assertThat(seconds(2).next(801)).isEqualTo(seconds(2));
    assertThat(seconds(2).next(800)).isEqualTo(Cadence.FREE);
    assertThat(seconds(10).next(4001)).isEqualTo(seconds(10));
    assertThat(seconds(10).next(4000)).isEqualTo(seconds(5));
    assertThat(seconds(20).next(10)).isEqualTo(Cadence.FREE);
  }

  @Test
  void staysWhereItIsOnceItIsThere() {
    for (int instances = 0; instances < 30_000; instances += 7) {
      Cadence next = Cadence.FREE.next(instances);
      assertThat(next.next(instances)).isEqualTo(next);
    }
  }

  @Test
  void slowsNobodyDownWhoIsSlowerAnyway() {
    assertThat(seconds(5).of(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
    assertThat(seconds(5).of(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(5));
    assertThat(Cadence.FREE.of(Duration.ofMillis(200))).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(Cadence.read(seconds(5).write())).isEqualTo(seconds(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"heartbeatMs\": \"5000\"}",
        "{\"heartbeatMs\": 0}",
        "{\"heartbeatMs\": -1}",
        "{\"heartbeatMs\": 20001}",
        "{\"heartbeatMs\": 1e9}"
      })
  void whatStrangersWriteHoldsNobodyUp(String text) {
    assertThat(Cadence.read(text)).isEqualTo(Cadence.FREE);
  }
}

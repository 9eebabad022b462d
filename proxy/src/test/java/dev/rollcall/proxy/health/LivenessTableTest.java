package dev.rollcall.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Availability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LivenessTableTest {

  private static final String BEGIN = "<!-- table: ";
  private static final String END = "<!-- end of table -->";

  @Test
  void everyStateKnowsWhatFollowsFromEveryWitness() {
    for (Availability state : Availability.values()) {
      for (Witness witness : Witness.values()) {
        assertThat(LivenessTable.rule(state, witness)).as(state + " × " + witness).isNotNull();
      }
    }
  }

  @Test
  void thePageForPeopleSaysWhatTheCodeDoes() throws Exception {
    String page = Files.readString(page());
    int begin = page.indexOf('\n', page.indexOf(BEGIN)) + 1;
    String table = page.substring(begin, page.indexOf(END));

    assertThat(table).as("docs/liveness.md; it should read:%n%s", table()).isEqualTo(table());
  }

  private static Path page() {
    Path here = Path.of("docs/liveness.md");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| |");
    for (Availability state : Availability.values()) {
      table.append(' ').append(state.name().toLowerCase(Locale.ROOT)).append(" |");
    }
    table.append("\n|---|").append("---|".repeat(Availability.values().length)).append('\n');
    for (Witness witness : Witness.values()) {
      table.append("| **").append(witness.text()).append("** | ");
      table.append(
          Arrays.stream(Availability.values())
              .map(state -> LivenessTable.rule(state, witness).text())
              .collect(Collectors.joining(" | ")));
      table.append(" |\n");
    }
    return table.toString();
  }
}

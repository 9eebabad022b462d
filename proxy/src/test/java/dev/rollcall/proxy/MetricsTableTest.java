package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md names what a proxy shows, word for word. */
class MetricsTableTest {

  @Test
  void thePageNamesEveryFamily() throws Exception {
    String page = Scrape.of();
    String table =
        "| name | type | meaning |\n|---|---|---|\n"
            + Stream.of(page.split("# HELP "))
                .skip(1)
                .map(MetricsTableTest::row)
                .collect(Collectors.joining("\n"));
    Path docs = Path.of(System.getProperty("basedir", "."), "..", "docs", "metrics.md");

    assertThat(Files.readString(docs.normalize())).contains(table);
  }

  private static String row(String family) {
    String[] lines = family.split("\n");
    String[] help = lines[0].split(" ", 2);
    String type = lines[1].substring(lines[1].lastIndexOf(' ') + 1);
    return "| `" + help[0] + "` | " + type + " | " + help[1] + " |";
  }
}

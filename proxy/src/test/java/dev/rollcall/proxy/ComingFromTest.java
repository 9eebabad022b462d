package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Setting;
import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.upstream.UpstreamOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for those who come from elsewhere name only what is here. */
class ComingFromTest {

  private static final Path DOCS =
      Path.of(System.getProperty("basedir", "."), "..", "docs").normalize();
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /** Values and words of ours that are no keys. */
  private static final Set<String> WORDS =
      Set.of(
          "backup",
          "http",
          "h2c",
          "PUT",
          "host/path",
          "*.domain/path",
          "services.NAME.",
          "strip: true");

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "traefik", "eureka"})
  void everyNameInOurColumnIsOurs(String from) throws IOException {
    List<String> names = ours(from);
    assertThat(names).hasSizeGreaterThan(20);
    assertThat(names).as("docs/coming-from-%s.md", from).allMatch(ComingFromTest::isOurs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "traefik", "eureka"})
  void everyRowSaysSomething(String from) throws IOException {
    assertThat(rows(from)).allMatch(row -> row.length == 3 && !row[1].isBlank());
  }

  private static boolean isOurs(String name) {
    return keys().contains(name)
        || WORDS.contains(name)
        || isPolicy(name)
        || name.equals("/metrics")
        || name.equals("--check")
        || name.matches("ctl (members|services|drain|resume|weight|explain|events)");
  }

  private static boolean isPolicy(String name) {
    try {
      Policies.check(name);
      return true;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    ProxyOptions.PROGRAM.settings().stream().map(Setting::key).forEach(keys::add);
    UpstreamOptions.PROGRAM.settings().stream().map(Setting::key).forEach(keys::add);
    return keys;
  }

  private static List<String> ours(String from) throws IOException {
    List<String> names = new ArrayList<>();
    for (String[] row : rows(from)) {
      Matcher quoted = QUOTED.matcher(row[1]);
      while (quoted.find()) {
        names.add(quoted.group(1));
      }
    }
    return names;
  }

  private static List<String[]> rows(String from) throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(DOCS.resolve("coming-from-" + from + ".md"))) {
      boolean head = line.endsWith("| here | what differs |") || line.startsWith("|---");
      if (line.startsWith("| ") && !head) {
        rows.add(line.substring(2, line.lastIndexOf('|')).split(" \\| ", -1));
      }
    }
    return rows;
  }
}

package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Setting;
import dev.rollcall.upstream.UpstreamOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The README's tables of settings are what the option records declare. When a test fails, its
 * "expected" is the table to paste.
 */
class SettingsTableTest {

  private static final Path README =
      Path.of(System.getProperty("basedir", "."), "..", "README.md").normalize();

  private String readme = "";

  @BeforeEach
  void read() throws IOException {
    readme = Files.readString(README);
  }

  @Test
  void theProxysTableIsWhatItDeclares() {
    assertThat(written("proxy")).isEqualTo(declared(ProxyOptions.PROGRAM));
  }

  @Test
  void theUpstreamsTableIsWhatItDeclares() {
    assertThat(written("upstream")).isEqualTo(declared(UpstreamOptions.PROGRAM));
  }

  @Test
  void everyKeyThatAServiceMayChangeIsNamed() {
    String paragraph = readme.substring(readme.indexOf("These hold for all services"));
    String named = paragraph.substring(0, paragraph.indexOf("\n\n"));

    for (Setting setting : ProxyOptions.PROGRAM.settings()) {
      if (setting.inherited()) {
        String key = setting.fallback().substring("as ".length());
        String section = key.replaceAll("\\..*", ".*");
        assertThat(named).containsAnyOf("`" + key + "`", "`" + section + "`");
      }
    }
  }

  private String written(String process) {
    int begin = readme.indexOf("<!-- settings: " + process + ";");
    assertThat(begin).as("the marker of the table of the " + process).isNotNegative();
    String table = readme.substring(readme.indexOf('\n', begin) + 1);
    return table.substring(0, table.indexOf("<!-- end -->"));
  }

  private static String declared(Program<?> program) {
    return program.settings().stream()
        .filter(setting -> !setting.inherited())
        .map(SettingsTableTest::line)
        .collect(Collectors.joining("\n", "| key | default | meaning |\n|---|---|---|\n", "\n"));
  }

  private static String line(Setting setting) {
    return "| `%s` | %s | %s |".formatted(setting.key(), setting.fallback(), setting.meaning());
  }
}

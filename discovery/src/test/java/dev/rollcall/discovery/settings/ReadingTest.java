package dev.rollcall.discovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {

  private static final Program<String> PROGRAM =
      new Program<>("test", "1", "", ReadingTest::read, Elsewhere.NOTHING);

  @TempDir Path dir;

  private static String read(Settings settings) {
    settings.get("port", ValueType.PORT, "80", "");
    settings.find("names", ValueType.map(ValueType.list(ValueType.TEXT), ";"), "none", "");
    settings.secret("secret", "");
    settings.get("wait", ValueType.DURATION, "1s", "");
    settings.each(
        "services", (name, own) -> own.inheriting().get("wait", ValueType.DURATION, "1s", ""));
    return "";
  }

  private Reading<String> yaml(String text) throws IOException {
    return PROGRAM.read(Files.writeString(dir.resolve("x.yml"), text), Map.of());
  }

  private List<String> changed(String before, String after) throws IOException {
    Reading<String> first = yaml(before);
    return yaml(after).changedSince(first);
  }

  @Test
  void namesWhatIsOtherThanBefore() throws IOException {
    assertThat(changed("port: 81", "port: 82")).containsExactly("port");
    assertThat(changed("port: 81", "")).containsExactly("port");
    assertThat(changed("names: {a: [x, y]}", "names: {a: [x, z]}")).containsExactly("names");
  }

  @Test
  void neitherPlaceNorSpellingNorAnOutspokenDefaultIsAChange() throws IOException {
    assertThat(changed("port: 81\nwait: 2s", "# moved\n\nwait: 2s\nport: '81'")).isEmpty();
    assertThat(changed("", "port: 80")).isEmpty();
  }

  @Test
  void seesTheEndOfALongValue() throws IOException {
    String stem = "names: a=" + "x".repeat(500);
    assertThat(changed(stem + "1", stem + "2")).containsExactly("names");
  }

  @Test
  void namesAServicesOwnKeyButNotWhatItInherits() throws IOException {
    String section = "services: {web: {wait: 3s}, api: {}}";
    assertThat(changed("wait: 1s\n" + section, "wait: 2s\n" + section)).containsExactly("wait");
    assertThat(changed(section, "services: {web: {wait: 4s}}"))
        .containsExactly("services.web.wait");
    assertThat(changed(section, "")).containsExactly("services.web.wait");
  }

  @Test
  void seesThatASecretsFileHasOtherContent() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret"), "one");
    Reading<String> first = yaml("secret-file: " + secret);
    Files.writeString(secret, "two");
    Reading<String> second = yaml("secret-file: " + secret);

    assertThat(second.changedSince(first)).containsExactly("secret");
    assertThat(second.effective().toString()).doesNotContain("two");
  }
}

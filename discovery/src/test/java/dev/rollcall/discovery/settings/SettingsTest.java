package dev.rollcall.discovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path dir;

  @Test
  void hasDefaultsWhenNobodySaysAnything() {
    Example example = good(Example.PROGRAM.read(null, Map.of()));

    assertThat(example.port()).isEqualTo(8080);
    assertThat(example.host()).isNull();
    assertThat(example.members()).containsExactly(new Endpoint("localhost", 5701));
    assertThat(example.upstreams()).isEmpty();
    assertThat(example.secret()).isNull();
    assertThat(example.waits().connect()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void readsNestedAndDottedKeysAlike() {
    Example nested = good(yaml("http:\n  port: 81\n  host: ::1\n"));
    Example dotted = good(yaml("http.port: 81\nhttp.host: ::1\n"));

    assertThat(nested).isEqualTo(dotted);
    assertThat(nested.port()).isEqualTo(81);
  }

  @Test
  void letsTheEnvironmentBeatTheFile() {
    Example example = good(yaml("http.port: 81", Map.of("ROLLCALL_HTTP_PORT", "82")));

    assertThat(example.port()).isEqualTo(82);
  }

  @Test
  void takesAnEmptyVariableForNone() {
    Example example = good(yaml("http.port: 81", Map.of("ROLLCALL_HTTP_PORT", "")));

    assertThat(example.port()).isEqualTo(81);
  }

  @Test
  void readsListsFromSequencesAndFromText() {
    Example sequence = good(yaml("cluster:\n  members: [a, 'b:7', '[::1]:8', '::2']"));
    Example text = good(env("ROLLCALL_CLUSTER_MEMBERS", "a, b:7,[::1]:8,::2"));

    assertThat(sequence.members())
        .isEqualTo(text.members())
        .containsExactly(
            new Endpoint("a", 5701),
            new Endpoint("b", 7),
            new Endpoint("::1", 8),
            new Endpoint("::2", 5701));
  }

  @Test
  void readsMappingsFromSectionsAndFromText() {
    Example section = good(yaml("upstreams:\n  web: [http://a, http://b]\n  api.v2: http://c\n"));
    Example text = good(env("ROLLCALL_UPSTREAMS", "web=http://a,http://b; api.v2=http://c"));

    assertThat(section.upstreams())
        .isEqualTo(text.upstreams())
        .isEqualTo(Map.of("web", List.of("http://a", "http://b"), "api.v2", List.of("http://c")));
  }

  @Test
  void letsAServiceInheritWhatItDoesNotSay() {
    Example example =
        good(
            yaml(
                """
                timeout.response: 5s
                services:
                  hello.v2:
                    timeout: {connect: 250ms}
                    routes: [/a, /b]
                """));

    Example.Service hello = Objects.requireNonNull(example.services().get("hello.v2"));
    assertThat(hello.waits())
        .isEqualTo(new Example.Waits(Duration.ofMillis(250), Duration.ofSeconds(5)));
    assertThat(hello.routes()).containsExactly("/a", "/b");
  }

  @Test
  void doesNotLetAServiceReadVariables() {
    Example example = good(yaml("services.web.routes: /a", Map.of("ROLLCALL_ROUTES", "/b")));

    assertThat(Objects.requireNonNull(example.services().get("web")).routes())
        .containsExactly("/a");
  }

  @Test
  void tellsEveryFaultWithItsLine() {
    Reading<Example> reading =
        yaml(
            """
            http:
              port: 99999
            timeout:
              connect: 5
              response: 0s
            htp.host: x
            cluster.members: [a:b]
            services:
              web:
                timeout: {connect: fast}
            """);

    assertThat(reading.options()).isNull();
    assertThat(lines(reading))
        .containsExactly(
            "http.port: 99999 (expected: 0 to 65535), at FILE:2",
            "timeout.connect: 5 (expected: a duration such as 250ms, 1s, 2m), at FILE:4",
            "timeout.response: 0s (expected: > 0), at FILE:5",
            "htp.host: unknown key (nearest: http.host), at FILE:6",
            "cluster.members: a:b (expected: host[:port], such as 10.0.0.4:5701), at FILE:7",
            "services.web.timeout.connect: fast"
                + " (expected: a duration such as 250ms, 1s, 2m), at FILE:10");
  }

  @Test
  void namesTheVariableOfAFault() {
    Reading<Example> reading = env("ROLLCALL_TIMEOUT_CONNECT", "soon");

    assertThat(lines(reading))
        .containsExactly(
            "timeout.connect: soon (expected: a duration such as 250ms, 1s, 2m),"
                + " at ROLLCALL_TIMEOUT_CONNECT");
  }

  @Test
  void tellsAnInheritedFaultOnce() {
    Reading<Example> reading =
        yaml("timeout.connect: x\nservices: {a: {routes: /}, b: {routes: /}}");

    assertThat(lines(reading))
        .containsExactly(
            "timeout.connect: x (expected: a duration such as 250ms, 1s, 2m), at FILE:1");
  }

  @Test
  void tellsTheLineOfBrokenYamlAndNothingOfItsText() {
    Reading<Example> reading = yaml("http.port: 80\nsecret: 'hush\nzone: x\n");

    assertThat(lines(reading)).hasSize(1);
    assertThat(lines(reading).get(0)).startsWith("not YAML: ").contains(", at FILE:");
    assertThat(lines(reading).get(0)).doesNotContain("hush");
  }

  @Test
  void refusesAKeyGivenTwice() {
    assertThat(lines(yaml("http.port: 1\nhttp:\n  port: 2\n")))
        .containsExactly("http.port: given twice (expected: once), at FILE:3");
  }

  @Test
  void refusesAFileThatIsNoMapping() {
    assertThat(lines(yaml("- a\n- b\n")))
        .containsExactly("not a mapping (expected: key: value), at FILE:1");
  }

  @Test
  void refusesASelfContainingFileWithoutEnd() {
    assertThat(lines(yaml("a: &a {b: *a}"))).isNotEmpty();
  }

  @Test
  void takesAnEmptyFileAndAnEmptySection() {
    assertThat(good(yaml("")).port()).isEqualTo(8080);
    assertThat(good(yaml("http:\n#  port: 1\n")).port()).isEqualTo(8080);
  }

  @Test
  void refusesASettingWithoutValue() {
    assertThat(lines(yaml("http.port:\n")))
        .containsExactly("http.port: nothing (expected: a port, 0 to 65535), at FILE:1");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path missing = dir.resolve("missing.yml");

    assertThat(Example.PROGRAM.read(missing, Map.of()).faults())
        .extracting(Fault::toString)
        .containsExactly(missing + ": missing (expected: a settings file)");
  }

  @Test
  void refusesAFileThatIsNoText() throws IOException {
    Path file = Files.write(dir.resolve("x.yml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0x00});

    assertThat(Example.PROGRAM.read(file, Map.of()).faults())
        .extracting(Fault::toString)
        .containsExactly(file + ": not UTF-8 text (expected: YAML)");
  }

  @Test
  void warnsOfAnUnknownVariableAndNamesTheNearest() {
    Reading<Example> reading = env("ROLLCALL_HTP_PORT", "1");

    assertThat(good(reading).port()).isEqualTo(8080);
    assertThat(reading.warnings())
        .containsExactly(
            "ROLLCALL_HTP_PORT: unknown variable, ignored (nearest: ROLLCALL_HTTP_PORT)");
  }

  @Test
  void ignoresWhatAnOrchestratorInjects() {
    Reading<Example> reading = env("ROLLCALL_HTTP_PORT", "tcp://10.0.0.1:80");

    assertThat(good(reading).port()).isEqualTo(8080);
    assertThat(reading.warnings())
        .containsExactly(
            "ROLLCALL_HTTP_PORT: tcp://10.0.0.1:80 ignored,"
                + " it looks injected by an orchestrator");
  }

  @Test
  void isSilentAboutTheOtherProcessAndOthersVariables() {
    Reading<Example> reading =
        yaml(
            "weight: 3\nmetadata: {a: b}\ntarget: {health: {path: /x}}\n",
            Map.of("ROLLCALL_WEIGHT", "2", "PATH", "/bin", "ROLLCALL_CONFIG", "x.yml"));

    assertThat(good(reading).port()).isEqualTo(8080);
    assertThat(reading.warnings()).isEmpty();
  }

  @Test
  void declaresEachSettingOnce() {
    List<Setting> settings = Example.PROGRAM.settings();

    assertThat(settings)
        .extracting(Setting::key)
        .doesNotHaveDuplicates()
        .contains("http.port", "secret", "secret-file", "services.NAME.timeout.connect");
    assertThat(settings)
        .contains(new Setting("http.port", "a port, 0 to 65535", "8080", "the single URL", false));
  }

  private Reading<Example> yaml(String text) {
    return yaml(text, Map.of());
  }

  private Reading<Example> yaml(String text, Map<String, String> environment) {
    try {
      return Example.PROGRAM.read(
          Files.writeString(dir.resolve("settings.yml"), text), environment);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static Reading<Example> env(String name, String value) {
    return Example.PROGRAM.read(null, Map.of(name, value));
  }

  private static Example good(Reading<Example> reading) {
    assertThat(reading.faults()).isEmpty();
    return Objects.requireNonNull(reading.options());
  }

  private List<String> lines(Reading<Example> reading) {
    String file = dir.resolve("settings.yml").toString();
    return reading.faults().stream().map(f -> f.toString().replace(file, "FILE")).toList();
  }
}

package dev.rollcall.discovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of settings that are wrong, or nobody's. */
class SettingsFaultsTest extends SettingsCase {

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
}

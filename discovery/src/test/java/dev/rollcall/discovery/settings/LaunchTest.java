package dev.rollcall.discovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {

  @TempDir Path dir;

  @Test
  void runsWithoutArguments() {
    assertThat(launch(Map.of())).isInstanceOf(Launch.Run.class);
  }

  @Test
  void runsWithAFileByFlagOrVariable() throws IOException {
    String file = Files.writeString(dir.resolve("x.yml"), "http.port: 81\n").toString();

    assertThat(port(launch(Map.of(), "--config", file))).isEqualTo(81);
    assertThat(port(launch(Map.of(), "--config=" + file))).isEqualTo(81);
    assertThat(port(launch(Map.of("ROLLCALL_CONFIG", file)))).isEqualTo(81);
  }

  @Test
  void checksAndStops() {
    Launch.Stop<Example> stop = stop(launch(Map.of("ROLLCALL_HTTP_PORT", "81"), "--check"));

    assertThat(stop.exitCode()).isZero();
    assertThat(stop.err()).isEmpty();
    assertThat(stop.out())
        .startsWith("example 1.2 would run with\n")
        .containsPattern("http.port +81  \\(ROLLCALL_HTTP_PORT\\)\n")
        .containsPattern("http.host +every interface\n");
  }

  @Test
  void stopsWithEachFaultOnALineAndCodeTwo() {
    Map<String, String> wrong = Map.of("ROLLCALL_HTTP_PORT", "x", "ROLLCALL_TIMEOUT_CONNECT", "y");

    for (Launch<Example> launch : List.of(launch(wrong), launch(wrong, "--check"))) {
      assertThat(stop(launch).exitCode()).isEqualTo(2);
      assertThat(stop(launch).out()).isEmpty();
      assertThat(stop(launch).err().lines()).hasSize(2);
    }
  }

  @Test
  void refusesUnknownArguments() {
    assertThat(stop(launch(Map.of(), "--chekc")))
        .isEqualTo(new Launch.Stop<>("", "--chekc: unknown argument (try --help)\n", 2));
    assertThat(stop(launch(Map.of(), "--config")))
        .isEqualTo(
            new Launch.Stop<>(
                "", "--config: nothing (expected: the path of a settings file)\n", 2));
  }

  @Test
  void printsUtf8WhateverTheLocale() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream ascii = new PrintStream(out, false, StandardCharsets.US_ASCII);

    new Launch.Stop<>("a…", "b…", 0)
        .print(ascii, new PrintStream(err, false, StandardCharsets.US_ASCII));

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a…");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("b…");
  }

  @Test
  void tellsItsVersion() {
    assertThat(stop(launch(Map.of(), "--version")))
        .isEqualTo(new Launch.Stop<>("example 1.2\n", "", 0));
  }

  @Test
  void explainsEverySetting() {
    String help = stop(launch(Map.of(), "--help")).out();

    for (Setting setting : Example.PROGRAM.settings()) {
      assertThat(help).containsPattern("\n  " + setting.key() + "[ \n]");
      assertThat(help).contains(setting.meaning());
    }
  }

  private static Launch<Example> launch(Map<String, String> environment, String... args) {
    return Launch.of(Example.PROGRAM, List.of(args), environment);
  }

  private static int port(Launch<Example> launch) {
    return ((Launch.Run<Example>) launch).options().port();
  }

  private static Launch.Stop<Example> stop(Launch<Example> launch) {
    return (Launch.Stop<Example>) launch;
  }
}

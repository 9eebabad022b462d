package dev.rollcall.discovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

  @TempDir Path dir;

  @Test
  void isReadFromAVariable() {
    assertThat(secret(Map.of("ROLLCALL_SECRET", "hush"))).isEqualTo(new Secret("hush"));
  }

  @Test
  void isReadFromAFileWithoutItsLastLineEnd() throws IOException {
    Path file = Files.writeString(dir.resolve("secret"), "hush\n");

    assertThat(secret(Map.of("ROLLCALL_SECRET_FILE", file.toString())))
        .isEqualTo(new Secret("hush"));
  }

  @Test
  void isNeverShown() {
    assertThat(new Secret("hush")).hasToString("(secret)");

    Launch<Example> check =
        Launch.of(Example.PROGRAM, List.of("--check"), Map.of("ROLLCALL_SECRET", "hush"));
    assertThat(check).hasToString(check.toString().replace("hush", "…"));
  }

  @Test
  void isNotShownEvenWhenGivenWrongly() throws IOException {
    Path file = Files.writeString(dir.resolve("x.yml"), "secret: [hush]\n");

    assertThat(Example.PROGRAM.read(file, Map.of()).faults())
        .extracting(Fault::toString)
        .containsExactly("secret: (not shown) (expected: some text), at " + file + ":1");
  }

  @Test
  void isRefusedWhenGivenTwiceInOnePlace() {
    assertThat(faults(Map.of("ROLLCALL_SECRET", "a", "ROLLCALL_SECRET_FILE", "/x")))
        .containsExactly(
            "secret-file: /x (expected: only one of secret and secret-file),"
                + " at ROLLCALL_SECRET_FILE");
  }

  @Test
  void ofTheEnvironmentBeatsThatOfTheFile() throws IOException {
    Path settings = Files.writeString(dir.resolve("x.yml"), "secret-file: /nowhere\n");

    Reading<Example> reading = Example.PROGRAM.read(settings, Map.of("ROLLCALL_SECRET", "hush"));
    assertThat(Objects.requireNonNull(reading.options()).secret()).isEqualTo(new Secret("hush"));
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path missing = dir.resolve("missing");

    assertThat(faults(Map.of("ROLLCALL_SECRET_FILE", missing.toString())))
        .containsExactly(
            "secret-file: "
                + missing
                + " is missing (expected: a readable file), at ROLLCALL_SECRET_FILE");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Path empty = Files.writeString(dir.resolve("empty"), "\n");

    assertThat(faults(Map.of("ROLLCALL_SECRET_FILE", empty.toString())))
        .containsExactly(
            "secret-file: "
                + empty
                + " is empty (expected: a file with some text), at ROLLCALL_SECRET_FILE");
  }

  private static Secret secret(Map<String, String> environment) {
    Reading<Example> reading = Example.PROGRAM.read(null, environment);
    return Objects.requireNonNull(Objects.requireNonNull(reading.options()).secret());
  }

  private static List<String> faults(Map<String, String> environment) {
    return Example.PROGRAM.read(null, environment).faults().stream().map(Fault::toString).toList();
  }
}

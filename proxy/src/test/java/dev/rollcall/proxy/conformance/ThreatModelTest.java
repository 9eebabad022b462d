package dev.rollcall.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of docs/threat-model.md names tests that exist. */
class ThreatModelTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();
  private static final String ROWS = "conformance: ";
  private static final Pattern NAMED = Pattern.compile("`([^`]+)`");

  @Test
  void everyLineNamesATestThatExists() throws IOException {
    Map<String, String> tests = tests();
    List<String> rows = Cases.all().stream().map(Case::name).toList();
    int named = 0;
    for (String line : lines()) {
      String[] cells = line.split(" \\| ");
      assertThat(cells).as(line).hasSize(3);
      Matcher name = NAMED.matcher(cells[2]);
      assertThat(name.find()).as("a test in: %s", line).isTrue();
      do {
        named++;
        exists(name.group(1), tests, rows);
      } while (name.find());
    }
    assertThat(named).isGreaterThan(50);
  }

  private static void exists(String name, Map<String, String> tests, List<String> rows) {
    if (name.startsWith(ROWS)) {
      String row = name.substring(ROWS.length());
      assertThat(rows).as(name).anyMatch(one -> one.startsWith(row));
      return;
    }
    String[] parts = name.split("\\.");
    assertThat(tests).as(name).containsKey(parts[0]);
    String source = tests.get(parts[0]);
    assertThat(source).as(name).containsPattern("@(Test|ParameterizedTest|TestFactory)\\b");
    if (parts.length == 2) {
      assertThat(source).as(name).contains("void " + parts[1] + "(");
    }
  }

  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/threat-model.md"))) {
      if (line.startsWith("| ") && !line.startsWith("| attempt ")) {
        lines.add(line.substring(2, line.lastIndexOf('|')).strip());
      }
    }
    return lines;
  }

  /** Sources by the name of their class. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("discovery", "upstream", "proxy")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return sources;
  }
}

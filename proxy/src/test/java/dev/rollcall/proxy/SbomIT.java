package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials is that of the jar; {@code mvn -o} makes none. */
class SbomIT {

  private static final Path TARGET = Path.of(System.getProperty("basedir", "."), "target");

  @Test
  void namesEveryLibraryBesideTheJar() throws IOException {
    assumeThat(Boolean.getBoolean("rollcall.offline"))
        .as("the bill of materials is made by a Maven that is online")
        .isFalse();
    JsonObject bill = new JsonObject(Files.readString(TARGET.resolve("sbom.json")));
    Set<String> named = new TreeSet<>();
    bill.getJsonArray("components").stream()
        .map(JsonObject.class::cast)
        .forEach(one -> named.add(one.getString("name") + "-" + one.getString("version")));

    assertThat(bill.getString("bomFormat")).isEqualTo("CycloneDX");
    assertThat(shipped())
        .hasSizeGreaterThan(20)
        .allMatch(
            jar -> named.stream().anyMatch(name -> jar.equals(name) || jar.startsWith(name + "-")));
  }

  private static Set<String> shipped() throws IOException {
    try (Stream<Path> jars = Files.list(TARGET.resolve("lib"))) {
      return jars.map(jar -> jar.getFileName().toString().replaceAll("\\.jar$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}

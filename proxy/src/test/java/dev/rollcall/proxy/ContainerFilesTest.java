package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Containers have no more rights than they need. */
class ContainerFilesTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();

  @Test
  void everyServiceOfTheStackIsLockedDown() throws IOException {
    Map<?, ?> services = (Map<?, ?>) yaml("docker-compose.yml").get("services");
    assertThat(services).hasSize(2);
    for (Object service : services.values()) {
      Map<?, ?> fields = (Map<?, ?>) service;
      assertThat(fields.get("read_only")).isEqualTo(true);
      assertThat(fields.get("cap_drop")).isEqualTo(List.of("ALL"));
      assertThat(fields.get("security_opt")).isEqualTo(List.of("no-new-privileges:true"));
      assertThat(fields.containsKey("privileged")).isFalse();
    }
  }

  @Test
  void theAdminPortIsPublishedOnLoopbackOnlyAndTheClustersNotAtAll() throws IOException {
    Map<?, ?> services = (Map<?, ?>) yaml("docker-compose.yml").get("services");
    List<?> ports = (List<?>) ((Map<?, ?>) services.get("proxy")).get("ports");

    assertThat(ports).hasSize(2);
    assertThat(String.valueOf(ports.get(1))).startsWith("127.0.0.1:").endsWith(":9090");
    assertThat(((Map<?, ?>) services.get("upstream")).containsKey("ports")).isFalse();
  }

  @Test
  void neitherImageRunsAsRootOrAsksWithCurl() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("Dockerfile"));
    List<String> users = lines.stream().filter(line -> line.startsWith("USER ")).toList();

    assertThat(users).hasSize(2).containsOnly("USER 10001:10001");
    assertThat(lines).filteredOn(line -> line.startsWith("HEALTHCHECK")).hasSize(2);
    assertThat(Files.readString(ROOT.resolve("container/health")))
        .doesNotContainPattern("(?m)^[^#]*\\b(curl|wget)\\b");
  }

  private static Map<?, ?> yaml(String file) throws IOException {
    String text = Files.readString(ROOT.resolve(file));
    LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    return merged((Map<?, ?>) new Load(settings).loadFromString(text));
  }

  /** YAML 1.2 knows no merge key, Compose does. */
  private static Map<?, ?> merged(Map<?, ?> file) {
    for (Object service : ((Map<?, ?>) file.get("services")).values()) {
      @SuppressWarnings("unchecked")
      Map<Object, Object> fields = (Map<Object, Object>) service;
      if (fields.remove("<<") instanceof Map<?, ?> common) {
        common.forEach(fields::putIfAbsent);
      }
    }
    return file;
  }
}

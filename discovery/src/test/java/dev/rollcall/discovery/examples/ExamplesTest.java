package dev.rollcall.discovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.memory.InMemoryRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

  private static final String BEGIN = "// The README's example begins.\n";
  private static final String END = "// It ends.\n";

  @Test
  void verticlesThatRegisterAreCalledByName() {
    Vertx vertx = Vertx.vertx();
    InMemoryRegistry registry = new InMemoryRegistry(vertx);
    CallingByName caller = new CallingByName(vertx, registry);
    String first = Await.result(vertx.deployVerticle(new HelloVerticle(registry, "hello-1")));
    Await.result(vertx.deployVerticle(new HelloVerticle(registry, "hello-2")));
    Set<String> answers = new TreeSet<>();
    Await.until(
        "both answer",
        () -> {
          answers.add(Await.result(vertx, caller::hello));
          return answers.equals(Set.of("Hello from hello-1", "Hello from hello-2"));
        });
    Await.result(vertx.undeploy(first));
    for (int i = 0; i < 20; i++) {
      assertThat(Await.result(vertx, caller::hello)).isEqualTo("Hello from hello-2");
    }
    Await.result(caller.close());
    Await.result(registry.close());
    Await.result(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HelloVerticle", "CallingByName", "InsideACluster"})
  void theReadmeShowsThisVeryCode(String example) throws IOException {
    Path file = Path.of("src/test/java/dev/rollcall/discovery/examples", example + ".java");
    String readme = Files.readString(Path.of("README.md"));
    String[] parts = Files.readString(file).split(" +" + BEGIN);
    assertThat(parts).hasSizeGreaterThan(1);
    for (int i = 1; i < parts.length; i++) {
      String code = parts[i].substring(0, parts[i].indexOf(END)).stripTrailing().stripIndent();
      assertThat(readme).contains("```java\n" + code + "\n```\n");
    }
  }
}

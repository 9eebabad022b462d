package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceChange.Registered;
import dev.rollcall.discovery.hazelcast.Cluster;
import dev.rollcall.discovery.hazelcast.HazelcastRegistry;
import dev.rollcall.discovery.hazelcast.Proxies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The example of the README, compiled, run, and the same to the letter. */
class EmbeddingTest {

  private static final String BEGIN = "// The README's example begins.\n";
  private static final String END = "// It ends.\n";

  private Lease lease;
  private Registry registry;

  private void start(Vertx vertx, String proxy, String secret, int port, AtomicInteger inFlight) {
    // The README's example begins.
    Cluster cluster = Cluster.at(proxy).withSecret(secret);
    registry = HazelcastRegistry.connect(vertx, cluster, "hello-1");
    lease =
        registry.register(
            Registration.of("hello", "hello-1", port).withProbe(new ProbeTarget.Tcp()),
            () -> new Load(inFlight.get(), -1));
    lease.registered().onSuccess(me -> System.out.println("on the roll as " + me.id()));
    // It ends.
  }

  private Future<Void> stop() {
    // The README's example begins.
    return lease
        .drain(Duration.ofSeconds(35))
        .eventually(() -> lease.leave(Duration.ofSeconds(2)))
        .eventually(registry::close)
        .mapEmpty();
    // It ends.
  }

  @Test
  void worksAsTheReadmeSays() {
    Vertx vertx = Vertx.vertx();
    try (Proxies proxies = new Proxies("correct horse")) {
      Watched watched = new Watched();
      Registry proxy = proxies.registry(vertx);
      proxy.watch(watched);
      start(vertx, proxies.address(), "correct horse", 8080, new AtomicInteger(3));
      assertThat(watched.awaits(Registered.class, r -> true).instance().name())
          .isEqualTo("hello-1");
      assertThat(watched.awaitsBeat(lease.id(), beat -> true).inFlight()).isEqualTo(3);
      Await.result(stop());
      watched.awaitsRegistered(lease.id(), i -> i.state() == InstanceState.LEFT);
      Await.result(proxy.close());
    } finally {
      Await.result(vertx.close());
    }
  }

  @Test
  void theReadmeShowsThisVeryCode() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/rollcall/discovery/EmbeddingTest.java"));
    String readme = Files.readString(Path.of("README.md"));
    String[] parts = source.split("    " + BEGIN);
    assertThat(parts).hasSize(3);
    for (int i = 1; i < parts.length; i++) {
      String example = parts[i].substring(0, parts[i].indexOf(END)).stripTrailing().stripIndent();
      assertThat(readme).contains("```java\n" + example + "\n```\n");
    }
  }
}

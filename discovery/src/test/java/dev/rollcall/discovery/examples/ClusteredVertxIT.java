package dev.rollcall.discovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.Registry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The roll in the Hazelcast that an application's own clustered Vert.x runs on. */
class ClusteredVertxIT {

  private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

  private final List<Vertx> started = new ArrayList<>();
  private final List<Registry> registries = new ArrayList<>();

  private record Application(Vertx vertx, Registry registry) {}

  @AfterEach
  void close() {
    registries.forEach(registry -> Await.result(registry.close()));
    started.forEach(vertx -> Await.result(vertx.close()));
  }

  /** As an application would: vertx-hazelcast's own configuration, and no tuning of ours. */
  private Application start(List<Integer> ports, int nth) {
    HAZELCAST.setLevel(Level.OFF);
    Config config = ConfigUtil.loadConfig();
    config.setClusterName("app-" + ports);
    config.getNetworkConfig().setPort(ports.get(nth)).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config
        .getNetworkConfig()
        .getJoin()
        .getTcpIpConfig()
        .setEnabled(true)
        .addMember("127.0.0.1:" + ports.get(0));
    HazelcastClusterManager manager = new HazelcastClusterManager(config);
    Vertx vertx = Await.result(Vertx.builder().withClusterManager(manager).buildClustered());
    started.add(vertx);
    Registry registry = InsideACluster.registry(vertx, manager, "correct horse");
    registries.add(registry);
    return new Application(vertx, registry);
  }

  @Test
  void verticlesOfOneMemberAreCalledByNameFromAnother() throws IOException {
    List<Integer> ports = freePorts();
    Application one = start(ports, 0);
    Application two = start(ports, 1);
    Await.result(one.vertx().deployVerticle(new HelloVerticle(one.registry(), "hello-1")));
    CallingByName caller = new CallingByName(two.vertx(), two.registry());
    Await.until(
        "hello-1 answers",
        () ->
            "Hello from hello-1"
                .equals(Await.result(two.vertx(), () -> caller.hello().otherwise("nobody yet"))));
    assertThat(Await.result(two.vertx(), caller::hello)).isEqualTo("Hello from hello-1");

    // What the application had the cluster for goes on.
    Promise<String> heard = Promise.promise();
    Await.result(
        one.vertx()
            .eventBus()
            .<String>consumer("news", message -> heard.tryComplete(message.body()))
            .completion());
    two.vertx().eventBus().publish("news", "still here");
    assertThat(Await.result(heard.future())).isEqualTo("still here");
    Await.result(caller.close());
  }

  private static List<Integer> freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket two = new ServerSocket(0)) {
      return List.of(one.getLocalPort(), two.getLocalPort());
    }
  }
}

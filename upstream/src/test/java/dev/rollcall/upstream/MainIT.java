package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.hazelcast.Cluster;
import dev.rollcall.discovery.hazelcast.HazelcastRegistry;
import dev.rollcall.discovery.hazelcast.MemberPlace;
import dev.rollcall.discovery.hazelcast.TunedMember;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainIT {

  @TempDir Path directory;

  @Test
  void endsWithZeroWhenAskedToStop() throws Exception {
    try (UpstreamJvm upstream = new UpstreamJvm(nobody())) {
      upstream.await("hello-1 listening on 127.0.0.1:");
      upstream.terminate();
      assertThat(upstream.exitCode()).isZero();
      assertThat(upstream.lines()).hasSize(3);
      assertThat(upstream.lines().get(2)).endsWith("hello-1 stopped");
    }
  }

  @Test
  void saysInOneLineThatAPortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        UpstreamJvm upstream =
            new UpstreamJvm(Map.of("ROLLCALL_HTTP_PORT", "" + other.getLocalPort()))) {
      assertThat(upstream.exitCode()).isEqualTo(1);
      assertThat(upstream.lines()).hasSize(1);
      assertThat(upstream.lines().get(0))
          .endsWith(
              "http.port: can't listen on 127.0.0.1:%d: Address already in use"
                  .formatted(other.getLocalPort()));
    }
  }

  @Test
  void namesEachWrongSettingAndEndsWithTwo() throws Exception {
    Path file = Files.writeString(directory.resolve("up.yml"), "weight: many\nservise: shop\n");
    try (UpstreamJvm upstream = new UpstreamJvm(Map.of(), "--config", file.toString())) {
      assertThat(upstream.exitCode()).isEqualTo(2);
      assertThat(upstream.lines()).hasSize(2);
      assertThat(upstream.lines().get(0)).startsWith("weight: many (expected: ");
      assertThat(upstream.lines().get(1)).startsWith("servise: unknown key (nearest: service)");
    }
  }

  @Test
  void saysWhatItWouldRunWith() throws Exception {
    try (UpstreamJvm upstream = new UpstreamJvm(Map.of("ROLLCALL_WEIGHT", "7"), "--check")) {
      assertThat(upstream.exitCode()).isZero();
      assertThat(upstream.lines()).anyMatch(line -> line.matches(" *weight +7 +.*"));
    }
  }

  @Test
  void joinsAClusterThatComesLaterAndLeavesItInOrder() throws Exception {
    Cluster cluster =
        new Cluster(
            "main-it",
            List.of(new Endpoint("127.0.0.1", freePort())),
            Signature.of("s3cret", null));
    Map<String, String> environment =
        Map.of(
            "ROLLCALL_CLUSTER_NAME", cluster.name(),
            "ROLLCALL_CLUSTER_MEMBERS", cluster.members().get(0).toString(),
            "ROLLCALL_SECRET", "s3cret");
    Vertx vertx = Vertx.vertx();
    try (UpstreamJvm upstream = new UpstreamJvm(environment)) {
      int port = upstream.port();
      upstream.await("hello-1 found no proxy of cluster main-it with our secret at 127.0.0.1:");
      Queue<InstanceChange.Registered> heard = watch(vertx, cluster);

      assertThat(upstream.await("joined the roll as hello-1-")).endsWith("at 127.0.0.1:" + port);
      Roll.until(() -> heard.stream().anyMatch(r -> r.instance().state() == InstanceState.UP));
      upstream.terminate();
      assertThat(upstream.exitCode()).isZero();
      Roll.until(() -> heard.stream().anyMatch(r -> r.instance().state() == InstanceState.LEFT));
      assertThat(heard.stream().map(r -> r.instance().state()))
          .containsSubsequence(InstanceState.UP, InstanceState.DRAINING, InstanceState.LEFT);
      assertThat(heard).allMatch(r -> r.instance().endpoint().port() == port);
    } finally {
      Hazelcast.shutdownAll();
      await(vertx.close());
    }
  }

  @Test
  void saysWhyItIsCutOff() throws Exception {
    int port = freePort();
    Cluster cluster =
        new Cluster("cut-it", List.of(new Endpoint("127.0.0.1", port)), Signature.of(null, null));
    Map<String, String> environment =
        Map.of(
            "ROLLCALL_CLUSTER_NAME",
            cluster.name(),
            "ROLLCALL_CLUSTER_MEMBERS",
            "127.0.0.1:" + port);
    Vertx vertx = Vertx.vertx();
    try (UpstreamJvm upstream = new UpstreamJvm(environment)) {
      watch(vertx, cluster);
      upstream.await("joined the roll as hello-1-");

      Hazelcast.shutdownAll();

      upstream.await("hello-1 lost its connection to the roll");
      upstream.await(
          "hello-1 is still cut off from cluster cut-it without a secret, at 127.0.0.1:"
              + port
              + " (connection refused); it keeps trying");
    } finally {
      Hazelcast.shutdownAll();
      await(vertx.close());
    }
  }

  /** A member of that cluster, and what is registered there. */
  private static Queue<InstanceChange.Registered> watch(Vertx vertx, Cluster cluster) {
    MemberPlace place = new MemberPlace("127.0.0.1", cluster.members().get(0).port(), null);
    HazelcastInstance member =
        Hazelcast.newHazelcastInstance(TunedMember.tune(new Config(), cluster, place));
    Queue<InstanceChange.Registered> heard = new ConcurrentLinkedQueue<>();
    HazelcastRegistry.over(vertx, member, cluster.signature())
        .watch(
            change -> {
              if (change instanceof InstanceChange.Registered registered) {
                heard.add(registered);
              }
            });
    return heard;
  }

  private static Map<String, String> nobody() throws IOException {
    return Map.of("ROLLCALL_CLUSTER_MEMBERS", "127.0.0.1:" + freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

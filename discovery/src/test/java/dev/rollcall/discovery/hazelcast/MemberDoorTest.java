package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.settings.Networks;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may connect to a member. All of 127.0.0.0/8 is this machine, so each may have its own. */
class MemberDoorTest {

  private static final int PATIENCE_MILLIS = 60_000;

  /** As members greet each other; who hears it answers with the same. */
  private static final byte[] GREETING = {'H', 'Z', 'C'};

  private final List<HazelcastInstance> started = new ArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final List<Integer> ports = Members.freePorts(2);
  private final Cluster cluster =
      new Cluster(
          "test-door-" + ports, List.of(new Endpoint("127.0.0.1", ports.get(0))), Signature.NONE);

  @AfterEach
  void close() {
    started.forEach(member -> member.getLifecycleService().terminate());
    Await.result(vertx.close());
  }

  private Config config(String host, int port) {
    return TunedMember.tune(new Config(), cluster, new MemberPlace(host, port, null));
  }

  private HazelcastInstance member(String host, int port, String... allowed) {
    HazelcastInstance member = MemberDoor.open(config(host, port), Networks.of(List.of(allowed)));
    started.add(member);
    return member;
  }

  /** The first byte that comes back, or -1 when the connection is ended instead. */
  private int answerTo(String from) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress("127.0.0.1", ports.get(0)));
      socket.getOutputStream().write(GREETING);
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  @Test
  void aStrangerIsSentAwayUnheard() throws IOException {
    member("127.0.0.1", ports.get(0), "127.0.0.1", "10.0.0.0/8");
    assertThat(answerTo("127.0.0.1")).isEqualTo('H');
    assertThat(answerTo("127.0.0.2")).isEqualTo(-1);
  }

  @Test
  void whenNobodyIsNamedEverybodyIsHeard() throws IOException {
    member("127.0.0.1", ports.get(0));
    assertThat(answerTo("127.0.0.2")).isEqualTo('H');
  }

  @Test
  void aClientFromElsewhereIsSentAway() {
    HazelcastInstance member = member("127.0.0.1", ports.get(0), "127.0.0.2");
    try (Said said = Said.by(Doorkeeper.class)) {
      Registry registry = HazelcastRegistry.connect(vertx, cluster, "hello-1");
      Lease lease =
          registry.register(Registration.of("hello", "hello-1", 80), () -> new Load(0, -1));
      said.awaits(
          "refused a cluster connection from 127.0.0.1: cluster.allowed-members is 127.0.0.2");
      assertThat(lease.connected()).isFalse();
      assertThat(member.getClientService().getConnectedClients()).isEmpty();
      Await.result(registry.close());
    }
  }

  @Test
  void aClientFromAnAllowedNetworkRegisters() {
    member("127.0.0.1", ports.get(0), "127.0.0.1/32");
    Registry registry = HazelcastRegistry.connect(vertx, cluster, "hello-1");
    Lease lease = registry.register(Registration.of("hello", "hello-1", 80), () -> new Load(0, -1));
    Await.result(lease.registered());
    Await.result(registry.close());
  }

  @Test
  void aMemberFromElsewhereNeverJoins() {
    HazelcastInstance first = member("127.0.0.1", ports.get(0), "127.0.0.1");
    Config config = config("127.0.0.2", ports.get(1));
    config.setProperty("hazelcast.max.join.seconds", "2");
    try (Said said = Said.by(Doorkeeper.class)) {
      startsAloneIfAtAll(config);
      said.awaits(
          "refused a cluster connection from 127.0.0.2: cluster.allowed-members is 127.0.0.1");
    }
    assertThat(first.getCluster().getMembers()).hasSize(1);
  }

  /** Which of the two is a matter of when its attempts end. */
  private void startsAloneIfAtAll(Config config) {
    try {
      HazelcastInstance other = MemberDoor.open(config, Networks.NONE);
      started.add(other);
      assertThat(other.getCluster().getMembers()).hasSize(1);
    } catch (IllegalStateException givenUp) {
      assertThat(givenUp).hasMessageContaining("failed to start");
    }
  }

  @Test
  void aMemberFromAnAllowedNetworkJoins() {
    HazelcastInstance first = member("127.0.0.1", ports.get(0), "127.0.0.0/30");
    HazelcastInstance other = member("127.0.0.2", ports.get(1), "127.0.0.0/30");
    assertThat(first.getCluster().getMembers()).hasSize(2);
    assertThat(other.getCluster().getMembers()).hasSize(2);
  }
}

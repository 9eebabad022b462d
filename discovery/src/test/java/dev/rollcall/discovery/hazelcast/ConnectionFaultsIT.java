package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceChange.Beaten;
import dev.rollcall.discovery.InstanceChange.Disconnected;
import dev.rollcall.discovery.InstanceChange.Registered;
import dev.rollcall.discovery.InstanceChange.Vanished;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.Watched;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members that come and go, and wires that are cut. */
class ConnectionFaultsIT {

  private static final Signature SECRET = Signature.of("correct horse", null);

  private final List<Registry> registries = new ArrayList<>();
  private Vertx vertx;
  private Members members;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    members = new Members(3, SECRET);
  }

  @AfterEach
  void close() {
    registries.forEach(registry -> Await.result(registry.close()));
    members.close();
    Await.result(vertx.close());
  }

  @Test
  void instancesMayStartBeforeTheFirstMember() {
    Lease lease = register(connect(members.cluster()));
    assertThat(lease.connected()).isFalse();
    Watched watched = watch(members.start(0));
    watched.awaitsBeat(lease.id(), beat -> true);
    assertThat(lease.connected()).isTrue();
  }

  @Test
  void everyInstanceIsBackAfterTheOnlyMemberWasReplaced() {
    List<Lease> leases = new ArrayList<>();
    HazelcastInstance first = members.start(0);
    for (int i = 0; i < 4; i++) {
      leases.add(register(connect(members.cluster())));
    }
    leases.forEach(lease -> Await.result(lease.registered()));
    Members.kill(first);
    leases.forEach(lease -> Await.until("noticed", () -> !lease.connected()));
    long up = System.nanoTime();
    Watched watched = watch(members.start(0));
    leases.forEach(lease -> watched.awaitsBeat(lease.id(), beat -> true));
    say("4 instances beat again %d ms after a new member began to start", up);
  }

  @Test
  void everyMemberHearsOfEveryLostConnection() {
    Watched one = watch(members.start(0));
    Watched two = watch(members.start(1));
    Lease lease = register(connect(members.cluster()));
    one.awaitsBeat(lease.id(), beat -> true);
    two.awaitsBeat(lease.id(), beat -> true);
    awaitClients(0, 1);
    awaitClients(1, 1);
    long killed = System.nanoTime();
    HazelcastClient.getHazelcastClientByName(lease.id()).getLifecycleService().terminate();
    one.awaits(Disconnected.class, d -> d.id().equals(lease.id()));
    two.awaits(Disconnected.class, d -> d.id().equals(lease.id()));
    say("both members knew %d ms after the client ended", killed);
    // It is not for good: a client that shuts down by itself is replaced.
    long beats = beats(one, lease.id());
    Await.until("it beats again", () -> beats(one, lease.id()) > beats);
  }

  @Test
  void nobodyVanishesWhenOneOfTwoMembersIsKilled() {
    HazelcastInstance first = members.start(0);
    Watched watched = watch(first);
    HazelcastInstance second = members.start(1);
    Await.until("united", () -> first.getCluster().getMembers().size() == 2);
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      leases.add(register(connect(members.cluster())));
    }
    leases.forEach(lease -> watched.awaitsBeat(lease.id(), beat -> true));
    Registry observer = registries.get(0);
    leases.forEach(lease -> assertThat(observer.inDoubt(lease.id())).isFalse());
    Members.kill(second);
    leases.forEach(lease -> Await.until("in doubt", () -> observer.inDoubt(lease.id())));
    for (Lease lease : leases) {
      long before = beats(watched, lease.id());
      Await.until("beats go on", () -> beats(watched, lease.id()) > before + 2);
    }
    assertThat(watched.all(Vanished.class)).isEmpty();
  }

  @Test
  void aProxyWhoseMemberIsGoneDelaysNoDrain() {
    HazelcastInstance first = members.start(0);
    HazelcastInstance second = members.start(1);
    Await.until("united", () -> first.getCluster().getMembers().size() == 2);
    ProxySeat staying = over(first).seat("proxy-1", "10.0.0.1", "test");
    over(second).seat("proxy-2", "10.0.0.2", "test");
    Await.until("both are listed", () -> first.getMap("rollcall.proxies").size() == 2);
    Watched watched = watch(first);
    Lease lease = register(connect(members.cluster()));
    Await.result(lease.registered());
    Members.kill(second);
    Future<Boolean> drained = lease.drain(Duration.ofMinutes(1));
    Await.result(
        staying.acknowledge(
            watched.awaitsRegistered(lease.id(), i -> i.state() == InstanceState.DRAINING),
            DrainStage.EMPTY));
    assertThat(Await.result(drained)).isTrue();
  }

  @Test
  void strangersNeverMeet() {
    Cluster ours = members.cluster();
    Watched watched = watch(members.start(0));
    Lease other = register(connect(new Cluster(ours.name(), ours.members(), Signature.NONE)));
    Lease wrong = register(connect(ours.withSecret("battery staple")));
    List<Future<Instance>> joined = List.of(other.registered(), wrong.registered());
    Lease right = register(connect(ours));
    watched.awaitsBeat(right.id(), beat -> beat.seq() >= 5);
    assertThat(joined).noneMatch(Future::isComplete);
    assertThat(watched.all(Registered.class).map(Registered::id)).containsOnly(right.id());
    awaitClients(0, 1);
  }

  @Test
  void aResetConnectionIsHeardOfAndComesBack() throws IOException {
    try (Relay wire = wired(0)) {
      HazelcastInstance member = members.started(0);
      Watched watched = watch(member);
      Lease lease = register(connect(through(wire)));
      watched.awaitsBeat(lease.id(), beat -> true);
      wire.cut();
      watched.awaits(Disconnected.class, d -> d.id().equals(lease.id()));
      Await.until("noticed", () -> !lease.connected());
      long before = beats(watched, lease.id());
      long joined = System.nanoTime();
      wire.join();
      Await.until("it beats again", () -> beats(watched, lease.id()) > before);
      say("the instance beat again %d ms after the wire was whole", joined);
    }
  }

  @Test
  void aDeadWireIsNoticedBySilence() throws IOException {
    try (Relay wire = wired(0)) {
      Watched watched = watch(members.started(0));
      Lease lease = register(connect(through(wire)));
      watched.awaitsBeat(lease.id(), beat -> true);
      long silent = System.nanoTime();
      wire.silence();
      Await.until("noticed", () -> !lease.connected());
      say("the client noticed a dead wire after %d ms", silent);
      long before = beats(watched, lease.id());
      wire.speak();
      Await.until("it beats again", () -> beats(watched, lease.id()) > before + 1);
    }
  }

  /** A member that is known by the address of a wire to it. */
  private Relay wired(int place) throws IOException {
    int port = Members.freePorts(1).get(0);
    Relay wire = new Relay(port, members.port(place));
    members.start(place, members.cluster(), new Endpoint("127.0.0.1", port));
    return wire;
  }

  private Cluster through(Relay wire) {
    Cluster cluster = members.cluster();
    return new Cluster(
        cluster.name(), List.of(new Endpoint("127.0.0.1", wire.port())), cluster.signature());
  }

  private void awaitClients(int place, int count) {
    HazelcastInstance member = members.started(place);
    Await.until(
        count + " clients", () -> member.getClientService().getConnectedClients().size() == count);
  }

  private Watched watch(HazelcastInstance member) {
    Watched watched = new Watched();
    over(member).watch(watched);
    return watched;
  }

  private Registry over(HazelcastInstance member) {
    return kept(HazelcastRegistry.over(vertx, member, SECRET));
  }

  private Registry connect(Cluster cluster) {
    return kept(HazelcastRegistry.connect(vertx, cluster, "hello"));
  }

  private Registry kept(Registry registry) {
    registries.add(registry);
    return registry;
  }

  private static Lease register(Registry registry) {
    Registration hello = Registration.of("hello", "hello", 8080);
    return registry.register(hello.withHeartbeat(Duration.ofMillis(200)), () -> new Load(0, -1));
  }

  private static long beats(Watched watched, String id) {
    return watched.all(Beaten.class).filter(b -> b.id().equals(id)).count();
  }

  private static void say(String what, long since) {
    System.out.printf(what + "%n", (System.nanoTime() - since) / 1_000_000);
  }
}

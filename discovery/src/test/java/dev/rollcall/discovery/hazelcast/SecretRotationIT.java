package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceChange.Rejected;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two proxies, one with the old secret still and one with the new, and an instance that has both.
 */
class SecretRotationIT {

  private static final Signature OLD = Signature.of("old", null);
  private static final Signature NEW = Signature.of("new", null);

  private final Vertx vertx = Vertx.vertx();
  private final Members members = new Members(2, Signature.NONE);
  private final List<Registry> registries = new ArrayList<>();

  private final HazelcastInstance old = members.start(0, cluster(OLD));
  private final HazelcastInstance renewed = members.start(1, cluster(NEW));
  private final Registry oldProxy = kept(HazelcastRegistry.over(vertx, old, OLD));
  private final Registry newProxy = kept(HazelcastRegistry.over(vertx, renewed, NEW));
  private final Watched byOld = watched(oldProxy);
  private final Watched byNew = watched(newProxy);
  private final Lease lease = rotating();

  @AfterEach
  void close() {
    registries.forEach(registry -> Await.result(registry.close()));
    members.close();
    Await.result(vertx.close());
  }

  @Test
  void bothKnowTheInstanceUnderOneId() {
    byOld.awaitsBeat(lease.id(), beat -> true);
    byNew.awaitsBeat(lease.id(), beat -> true);
    assertThat(byOld.all(Rejected.class)).isEmpty();
    assertThat(byNew.all(Rejected.class)).isEmpty();
    Await.result(lease.update(r -> r.withWeight(5)));
    byOld.awaitsRegistered(lease.id(), i -> i.weight() == 5);
    byNew.awaitsRegistered(lease.id(), i -> i.weight() == 5);
  }

  @Test
  void aDrainWaitsForBoth() {
    ProxySeat oldSeat = oldProxy.seat("old", "10.0.0.1", "test");
    ProxySeat newSeat = newProxy.seat("new", "10.0.0.2", "test");
    Await.until("both are listed", () -> listed(old) && listed(renewed));
    byOld.awaitsBeat(lease.id(), beat -> true);
    byNew.awaitsBeat(lease.id(), beat -> true);
    List<DrainStage> reached = new CopyOnWriteArrayList<>();
    Future<Boolean> drained = lease.drain(Duration.ofMinutes(1), reached::add);
    Instance draining =
        byOld.awaitsRegistered(lease.id(), i -> i.state() == InstanceState.DRAINING);
    Await.result(oldSeat.acknowledge(draining, DrainStage.EMPTY));
    Instance drainingToo =
        byNew.awaitsRegistered(lease.id(), i -> i.state() == InstanceState.DRAINING);
    assertThat(drained.isComplete()).isFalse();
    assertThat(reached).isEmpty();
    Await.result(newSeat.acknowledge(drainingToo, DrainStage.EMPTY));
    assertThat(Await.result(drained)).isTrue();
    Await.until("both stages are told", () -> reached.size() == 2);
  }

  @Test
  void whoIsLeftStillHasIt() {
    byOld.awaitsBeat(lease.id(), beat -> true);
    byNew.awaitsBeat(lease.id(), beat -> true);
    Members.kill(old);
    Await.result(lease.update(r -> r.withWeight(7)));
    byNew.awaitsRegistered(lease.id(), i -> i.weight() == 7);
    assertThat(lease.connected()).isTrue();
    Await.result(lease.leave(Duration.ofSeconds(10)));
    byNew.awaitsRegistered(lease.id(), i -> i.state() == InstanceState.LEFT);
  }

  private Cluster cluster(Signature signature) {
    return new Cluster(members.cluster().name(), members.cluster().members(), signature);
  }

  private Lease rotating() {
    Registration hello = Registration.of("hello", "hello-1", 8080);
    return kept(HazelcastRegistry.connect(vertx, cluster(Signature.of("new", "old")), "hello-1"))
        .register(hello.withHeartbeat(Duration.ofMillis(200)), () -> new Load(0, -1));
  }

  private Registry kept(Registry registry) {
    registries.add(registry);
    return registry;
  }

  private static boolean listed(HazelcastInstance member) {
    return member.getMap("rollcall.proxies").size() == 1;
  }

  private static Watched watched(Registry registry) {
    Watched watched = new Watched();
    registry.watch(watched);
    return watched;
  }
}

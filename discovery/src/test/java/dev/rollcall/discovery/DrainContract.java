package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How every registry lets an instance go. */
public abstract class DrainContract extends BeliefContract {
  @Test
  void drainWaitsForBothWordsOfEveryProxy() {
    ProxySeat first = proxy.seat("proxy-1", "10.0.0.1", "test");
    ProxySeat second = proxy.seat("proxy-2", "10.0.0.2", "test");
    Await.until(
        "both are listed",
        () ->
            read("rollcall.proxies", "proxy-1") != null
                && read("rollcall.proxies", "proxy-2") != null);
    Watched watched = watch(proxy);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Await.result(lease.registered());
    List<DrainStage> reached = new CopyOnWriteArrayList<>();
    Future<Boolean> drained = lease.drain(Duration.ofMinutes(1), reached::add);
    Instance draining =
        watched.awaitsRegistered(lease.id(), i -> i.state() == InstanceState.DRAINING);

    Await.result(first.acknowledge(draining, DrainStage.STOPPED_CHOOSING));
    Await.result(first.acknowledge(draining, DrainStage.EMPTY));
    assertThat(read("rollcall.drains", lease.id() + "/" + draining.epoch() + "/proxy-1"))
        .isEqualTo("empty");
    assertThat(reached).isEmpty();
    Await.result(second.acknowledge(draining, DrainStage.STOPPED_CHOOSING));
    assertThat(read("rollcall.drains", lease.id() + "/" + draining.epoch() + "/proxy-2"))
        .isEqualTo("stopped-choosing");
    Await.until("all stopped", () -> reached.equals(List.of(DrainStage.STOPPED_CHOOSING)));
    assertThat(drained.isComplete()).isFalse();
    Await.result(second.acknowledge(draining, DrainStage.EMPTY));
    assertThat(Await.result(drained)).isTrue();
    Await.until(
        "all empty", () -> reached.equals(List.of(DrainStage.STOPPED_CHOOSING, DrainStage.EMPTY)));
  }

  @Test
  void drainWithoutProxiesIsDoneAtOnce() {
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Await.result(lease.registered());
    assertThat(Await.result(lease.drain(Duration.ofMinutes(1)))).isTrue();
  }

  @Test
  void drainAfterTheRegistryWasClosedIsOverAtOnce() {
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Await.result(lease.registered());
    Await.result(upstream.close());
    assertThat(Await.result(lease.drain(Duration.ofMinutes(1)))).isFalse();
  }

  @Test
  void drainEndsAtItsLimit() {
    ProxySeat seat = proxy.seat("proxy-1", "10.0.0.1", "test");
    Await.until("listed", () -> read("rollcall.proxies", seat.id()) != null);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Await.result(lease.registered());
    assertThat(Await.result(lease.drain(Duration.ofMillis(300)))).isFalse();
  }

  @Test
  void aProxyThatLeavesDelaysNobody() {
    ProxySeat seat = proxy.seat("proxy-1", "10.0.0.1", "test");
    Await.until("listed", () -> read("rollcall.proxies", seat.id()) != null);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Await.result(lease.registered());
    Future<Boolean> drained = lease.drain(Duration.ofMinutes(1));
    Await.result(seat.leave());
    assertThat(Await.result(drained)).isTrue();
    assertThat(read("rollcall.proxies", seat.id())).isNull();
  }

  @Test
  void aProxyThatStoppedBeatingDelaysNobody() {
    String me = new JsonObject().put("address", "10.0.0.9").put("version", "test").encode();
    String stuck = new JsonObject(me).put("beat", 7).encode();
    write("rollcall.proxies", "proxy-9", stuck);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Await.result(lease.registered());
    assertThat(Await.result(lease.drain(Duration.ofMinutes(1)))).isTrue();
  }

  @Test
  void resumeTakesDrainingBackAndItsWordsToo() {
    ProxySeat seat = proxy.seat("proxy-1", "10.0.0.1", "test");
    Await.until("listed", () -> read("rollcall.proxies", seat.id()) != null);
    Watched watched = watch(proxy);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Await.result(lease.registered());
    Future<Boolean> first = lease.drain(Duration.ofMinutes(1));
    Instance draining =
        watched.awaitsRegistered(lease.id(), i -> i.state() == InstanceState.DRAINING);
    Await.result(seat.acknowledge(draining, DrainStage.EMPTY));
    assertThat(Await.result(first)).isTrue();
    Await.result(lease.resume());
    Instance up = watched.awaitsRegistered(lease.id(), i -> i.seq() > draining.seq());
    assertThat(up.state()).isEqualTo(InstanceState.UP);
    assertThat(Await.result(lease.drain(Duration.ofMillis(300)))).isFalse();
  }
}

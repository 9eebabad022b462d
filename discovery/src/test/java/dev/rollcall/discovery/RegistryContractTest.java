package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceChange.Overridden;
import dev.rollcall.discovery.InstanceChange.Vanished;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every registry promises. One run for each kind of store, and for each side of it. */
public abstract class RegistryContractTest extends RegistrarContract {
  @Test
  void tellsEveryWatcherOfARegistration() {
    Watched early = watch(proxy);
    Watched beside = watch(upstream);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Instance stands = Await.result(lease.registered());
    assertThat(stands.id()).isEqualTo(lease.id()).startsWith("hello-1-");
    assertThat(early.awaitsRegistered(lease.id())).isEqualTo(stands);
    assertThat(beside.awaitsRegistered(lease.id())).isEqualTo(stands);
    assertThat(stands.service()).isEqualTo("hello");
    assertThat(stands.endpoint().port()).isEqualTo(8080);
    assertThat(stands.endpoint().host()).isNotBlank();
    assertThat(stands.state()).isEqualTo(InstanceState.UP);
  }

  @Test
  void tellsLatecomersWhatStands() {
    Lease one = upstream.register(registration("hello-1"), IDLE);
    Lease two = upstream.register(registration("hello-2"), IDLE);
    Await.result(Future.all(one.registered(), two.registered()));
    Watched late = watch(proxy);
    late.awaitsRegistered(one.id());
    late.awaitsRegistered(two.id());
  }

  @Test
  void givesEachStartItsOwnIdAndEpoch() {
    Instance one = registered("hello-1");
    Instance two = registered("hello-1");
    assertThat(one.id()).isNotEqualTo(two.id());
    assertThat(one.epoch()).isNotEqualTo(two.epoch());
  }

  @Test
  void beatsWithWhatTheInstanceIsDoing() {
    Watched watched = watch(proxy);
    AtomicInteger inFlight = new AtomicInteger(3);
    Lease lease = upstream.register(registration("hello-1"), () -> new Load(inFlight.get(), 0.25));
    Beat first = watched.awaitsBeat(lease.id(), b -> b.inFlight() == 3);
    assertThat(first.load()).isEqualTo(0.25);
    inFlight.set(7);
    Beat later = watched.awaitsBeat(lease.id(), b -> b.inFlight() == 7);
    assertThat(later.epoch()).isEqualTo(first.epoch());
    assertThat(later.seq()).isGreaterThan(first.seq());
  }

  @Test
  void beatsOnWhenTheApplicationCannotTellItsLoad() {
    Watched watched = watch(proxy);
    Lease lease =
        upstream.register(
            registration("hello-1"),
            () -> {
              throw new IllegalStateException("broken gauge");
            });
    assertThat(watched.awaitsBeat(lease.id(), b -> b.seq() >= 3).load()).isEqualTo(-1);
  }

  @Test
  void tellsEveryWatcherOfAChange() {
    Watched watched = watch(proxy);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Instance first = Await.result(lease.registered());
    Instance changed = Await.result(lease.update(r -> r.withWeight(5)));
    assertThat(changed.weight()).isEqualTo(5);
    // A watcher that begins to listen only now hears the latest word alone.
    Instance heard = watched.awaitsRegistered(lease.id(), i -> i.weight() == 5);
    assertThat(heard).isEqualTo(changed);
    assertThat(heard.supersedes(first)).isTrue();
  }

  @Test
  void changesBeforeTheFirstWriteAreNotLost() {
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Future<Instance> five = lease.update(r -> r.withWeight(5));
    Future<Instance> six = lease.update(r -> r.withWeight(6));
    Await.result(five);
    assertThat(Await.result(six).weight()).isEqualTo(6);
    assertThat(watch(proxy).awaitsRegistered(lease.id(), i -> i.weight() == 6)).isNotNull();
  }

  @Test
  void leavingIsTheInstancesOwnWord() {
    Watched watched = watch(proxy);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    watched.awaitsBeat(lease.id(), b -> true);
    Await.result(lease.leave(Duration.ofSeconds(5)));
    watched.awaitsRegistered(lease.id(), i -> i.state() == InstanceState.LEFT);
    Await.until("heartbeats are removed", () -> read("rollcall.beats", lease.id()) == null);
    remove("rollcall.instances", lease.id());
    Instance next = registered("hello-2");
    watched.awaitsRegistered(next.id());
    assertThat(watched.all(Vanished.class)).isEmpty();
  }

  @Test
  void aWishIsHeardAndEchoed() {
    Watched watched = watch(proxy);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    watched.awaitsRegistered(lease.id());
    InstanceOverride wish = new InstanceOverride(null, true, "ops", "2026-11-22T00:00:00Z");
    Await.result(proxy.override(lease.id(), wish));
    watched.awaits(Overridden.class, o -> o.id().equals(lease.id()) && wish.equals(o.override()));
    watched.awaitsRegistered(lease.id(), i -> wish.equals(i.override()));
    remove("rollcall.overrides", lease.id());
    Await.result(lease.update(r -> r.withWeight(2)));
    watched.awaitsRegistered(lease.id(), i -> i.weight() == 2 && wish.equals(i.override()));
  }

  @Test
  void callsWatchersOnTheirOwnContext() {
    AtomicReference<Context> expected = new AtomicReference<>();
    List<Context> seen = new CopyOnWriteArrayList<>();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        nothing -> {
          expected.set(Vertx.currentContext());
          proxy.watch(change -> seen.add(Vertx.currentContext()));
        });
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Await.result(lease.registered());
    Await.until("heard", () -> seen.size() >= 3);
    assertThat(seen).allMatch(c -> c == expected.get());
  }

  @Test
  void aCancelledWatcherHearsNothing() {
    Watched watched = new Watched();
    Subscription subscription = proxy.watch(watched);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    watched.awaitsBeat(lease.id(), b -> true);
    subscription.cancel();
    subscription.cancel();
    Watched other = watch(proxy);
    long before = watched.heard().size();
    other.awaitsBeat(lease.id(), b -> b.seq() >= 4);
    assertThat(watched.heard().size()).isLessThanOrEqualTo((int) before + 1);
  }
}

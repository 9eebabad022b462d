package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceChange.Beaten;
import dev.rollcall.discovery.InstanceChange.Overridden;
import dev.rollcall.discovery.InstanceChange.Registered;
import dev.rollcall.discovery.InstanceChange.Rejected;
import dev.rollcall.discovery.InstanceChange.Vanished;
import dev.rollcall.discovery.store.Pace;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every registry promises. One run for each kind of store, and for each side of it. */
public abstract class RegistryContractTest {

  /** As by default, but quick where a test would wait. */
  protected static final Pace PACE =
      new Pace(
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          Duration.ofSeconds(2));

  private static final Supplier<Load> IDLE = () -> new Load(0, -1);

  protected Vertx vertx;
  private Registry upstream;
  private Registry proxy;
  private final List<Registry> others = new ArrayList<>();

  /** A registry as the process of an instance has it. */
  protected abstract Registry upstreamSide();

  /** A registry of the same roll as a proxy has it. */
  protected abstract Registry proxySide();

  protected abstract void write(String map, String key, String value);

  protected abstract @Nullable String read(String map, String key);

  protected abstract void remove(String map, String key);

  /** The values' signature, by the secret that the registries share. */
  protected Signature signature() {
    return Signature.NONE;
  }

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    upstream = upstreamSide();
    proxy = proxySide();
  }

  @AfterEach
  void close() {
    Await.result(upstream.close());
    Await.result(proxy.close());
    others.forEach(other -> Await.result(other.close()));
    others.clear();
    Await.result(vertx.close());
  }

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
    Await.result(lease.registered());
    Instance changed = Await.result(lease.update(r -> r.withWeight(5)));
    assertThat(changed.weight()).isEqualTo(5);
    Instance heard = watched.awaitsRegistered(lease.id(), i -> i.weight() == 5);
    assertThat(heard).isEqualTo(changed);
    assertThat(heard.supersedes(watched.awaitsRegistered(lease.id()))).isTrue();
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
  void anEntryThatGoesWithoutAWordHasOnlyVanished() {
    Watched watched = watch(proxy);
    write("rollcall.instances", "raw-1", sealed(raw("raw-1", 1)));
    watched.awaitsRegistered("raw-1");
    remove("rollcall.instances", "raw-1");
    watched.awaits(Vanished.class, v -> v.id().equals("raw-1"));
    write("rollcall.instances", "raw-1", sealed(raw("raw-1", 1)));
    Await.until(
        "it is back", () -> watched.all(Registered.class).filter(r -> isRaw(r)).count() == 2);
  }

  @Test
  void writesItselfAgainAfterTheRegistryForgotIt() {
    Watched watched = watch(proxy);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Instance said = Await.result(lease.registered());
    watched.awaitsBeat(lease.id(), b -> true);
    remove("rollcall.instances", lease.id());
    remove("rollcall.beats", lease.id());
    Await.until("it stands again", () -> read("rollcall.instances", lease.id()) != null);
    Await.until(
        "the watcher knows it again", () -> last(watched, lease.id()).equals(Optional.of(said)));
  }

  @Test
  void restoresAnEntryThatSomebodyOverwrote() {
    Watched watched = watch(proxy);
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    watched.awaitsRegistered(lease.id());
    String stands = read("rollcall.instances", lease.id());
    write("rollcall.instances", lease.id(), "garbage");
    watched.awaits(Rejected.class, r -> r.id().equals(lease.id()));
    Await.until("restored", () -> stands.equals(read("rollcall.instances", lease.id())));
    assertThat(watched.all(Vanished.class)).isEmpty();
  }

  @Test
  void replayedValuesAreRejected() {
    Watched watched = watch(proxy);
    write("rollcall.instances", "raw-1", sealed(raw("raw-1", 1)));
    write("rollcall.instances", "raw-1", sealed(raw("raw-1", 2).put("weight", 9)));
    watched.awaitsRegistered("raw-1", i -> i.weight() == 9);
    write("rollcall.instances", "raw-1", sealed(raw("raw-1", 1)));
    watched.awaits(Rejected.class, r -> r.id().equals("raw-1"));
    assertThat(last(watched, "raw-1")).map(Instance::weight).contains(9);
  }

  @Test
  void replayedHeartbeatsAreRejected() {
    Watched watched = watch(proxy);
    write("rollcall.instances", "raw-1", sealed(raw("raw-1", 1)));
    watched.awaitsRegistered("raw-1");
    write("rollcall.beats", "raw-1", sealed(rawBeat(1)));
    watched.awaitsBeat("raw-1", b -> b.seq() == 1);
    write("rollcall.beats", "raw-1", sealed(rawBeat(2)));
    watched.awaitsBeat("raw-1", b -> b.seq() == 2);
    write("rollcall.beats", "raw-1", sealed(rawBeat(1)));
    watched.awaits(Rejected.class, r -> r.id().equals("raw-1"));
    assertThat(
            watched.all(Beaten.class).filter(b -> b.id().equals("raw-1")).map(b -> b.beat().seq()))
        .containsExactly(1L, 2L);
  }

  @Test
  void newerVersionsWithUnknownFieldsAreUnderstood() {
    Watched watched = watch(proxy);
    JsonObject newer = raw("raw-1", 1).put("v", 2).put("carbon", new JsonObject().put("g", 4));
    write("rollcall.instances", "raw-1", sealed(newer));
    assertThat(watched.awaitsRegistered("raw-1").service()).isEqualTo("hello");
  }

  @Test
  void unknownFieldsOutliveARewrite() {
    Lease lease = upstream.register(registration("hello-1"), IDLE);
    Await.result(lease.registered());
    JsonObject stands = new JsonObject(signature().open(read("rollcall.instances", lease.id())));
    write("rollcall.instances", lease.id(), sealed(stands.copy().put("note", "kept")));
    Watched watched = watch(proxy);
    watched.awaitsRegistered(lease.id());
    InstanceOverride wish = new InstanceOverride(4, false, "ops", "2026-11-22T00:00:00Z");
    // The look that finds the wish finds the unknown field too.
    Await.result(proxy.override(lease.id(), wish));
    watched.awaitsRegistered(lease.id(), i -> wish.equals(i.override()));
    String after = signature().open(read("rollcall.instances", lease.id()));
    assertThat(new JsonObject(after).getString("note")).isEqualTo("kept");
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

  @Test
  void nothingIsInDoubtWhileTheRegistryAnswers() {
    Watched watched = watch(proxy);
    write("rollcall.instances", "raw-1", sealed(raw("raw-1", 1).put("heartbeatMs", 20)));
    watched.awaitsRegistered("raw-1");
    Await.until("asked about it", () -> read("rollcall.pulses", "raw-1") != null);
    Await.until("answered", () -> !proxy.inDoubt("raw-1"));
  }

  /** One more of another proxy, closed after the test. */
  protected Registry another() {
    Registry other = proxySide();
    others.add(other);
    return other;
  }

  /** Of the service hello, beating ten times a second. */
  protected static Registration registration(String name) {
    return Registration.of("hello", name, 8080).withHeartbeat(Duration.ofMillis(100));
  }

  protected Instance registered(String name) {
    return Await.result(upstream.register(registration(name), IDLE).registered());
  }

  protected final Watched watch(Registry registry) {
    Watched watched = new Watched();
    registry.watch(watched);
    return watched;
  }

  /** A registration as a stranger would write it. */
  protected static JsonObject raw(String id, long seq) {
    return new JsonObject()
        .put("v", 1)
        .put("id", id)
        .put("epoch", "e1")
        .put("seq", seq)
        .put("service", "hello")
        .put("host", "10.0.0.7")
        .put("port", 8080);
  }

  private static JsonObject rawBeat(long seq) {
    return new JsonObject().put("epoch", "e1").put("seq", seq).put("inFlight", 1).put("load", 0.5);
  }

  protected String sealed(JsonObject json) {
    return signature().seal(json.encode());
  }

  private static boolean isRaw(Registered registered) {
    return registered.id().equals("raw-1");
  }

  private static Optional<Instance> last(Watched watched, String id) {
    List<InstanceChange> changes =
        watched.heard().stream()
            .filter(c -> c.id().equals(id))
            .filter(c -> c instanceof Registered || c instanceof Vanished)
            .toList();
    return changes.get(changes.size() - 1) instanceof Registered registered
        ? Optional.of(registered.instance())
        : Optional.empty();
  }
}

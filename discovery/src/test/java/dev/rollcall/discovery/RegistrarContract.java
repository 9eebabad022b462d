package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceChange.Rejected;
import dev.rollcall.discovery.Registrar.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How every registry keeps those that can't speak to it. */
public abstract class RegistrarContract extends DrainContract {

  private static final String ID = Registrar.id("web", "one");
  private static final String KEY = "a key that nobody guesses";
  private static final Load LOAD = new Load(2, 0.5);

  private static Registration web() {
    return Registration.of("web", "one", 80)
        .withHost("10.0.0.7")
        .withHeartbeat(Duration.ofMillis(100));
  }

  /** A registrar whose registry is reached. */
  private static Registrar open(Registry registry, int most) {
    Registrar registrar = registry.registrar(most);
    Await.until(
        "the registry is reached",
        () -> {
          Future<Outcome> nobody = registrar.leave("nobody~nobody", KEY, Duration.ZERO);
          Await.until("answered", nobody::isComplete);
          return nobody.succeeded();
        });
    return registrar;
  }

  private static Instance of(Outcome outcome) {
    if (outcome instanceof Outcome.Registered registered) {
      return registered.instance();
    }
    return ((Outcome.Renewed) outcome).instance();
  }

  @Test
  void theFirstRenewalRegistersAndEachIsOneHeartbeat() {
    Watched watched = watch(upstream);
    Registrar registrar = open(proxy, 10);
    Outcome first = Await.result(registrar.renew(ID, KEY, web(), LOAD));
    assertThat(first).isInstanceOf(Outcome.Registered.class);
    Instance stands = watched.awaitsRegistered(ID);
    assertThat(stands).isEqualTo(of(first));
    assertThat(stands.endpoint()).isEqualTo(new Endpoint("10.0.0.7", 80));
    Beat beat = watched.awaitsBeat(ID, b -> b.seq() == 1);
    assertThat(beat.inFlight()).isEqualTo(2);
    assertThat(beat.epoch()).isEqualTo(stands.epoch());
    Outcome second = Await.result(registrar.renew(ID, KEY, web(), LOAD));
    assertThat(second).isEqualTo(new Outcome.Renewed(stands));
    watched.awaitsBeat(ID, b -> b.seq() == 2);
  }

  @Test
  void whatHasChangedIsWritten() {
    Watched watched = watch(upstream);
    Registrar registrar = open(proxy, 10);
    Instance first = of(Await.result(registrar.renew(ID, KEY, web(), LOAD)));
    Await.result(registrar.renew(ID, KEY, web().withWeight(5), LOAD));
    Instance changed = watched.awaitsRegistered(ID, i -> i.weight() == 5);
    assertThat(changed.epoch()).isEqualTo(first.epoch());
    assertThat(changed.supersedes(first)).isTrue();
  }

  @Test
  void anotherMayServeTheNextRenewal() {
    Watched watched = watch(upstream);
    Instance first = of(Await.result(open(proxy, 10).renew(ID, KEY, web(), LOAD)));
    Outcome next = Await.result(open(another(), 10).renew(ID, KEY, web(), LOAD));
    assertThat(next).isEqualTo(new Outcome.Renewed(first));
    watched.awaitsBeat(ID, b -> b.seq() == 2 && b.epoch().equals(first.epoch()));
  }

  @Test
  void twoMayServeOneIdAtTheSameTime() {
    Watched watched = watch(upstream);
    Registrar one = open(proxy, 10);
    Registrar two = open(another(), 10);
    Await.result(one.renew(ID, KEY, web(), LOAD));
    List<Future<Outcome>> all = new ArrayList<>();
    for (int weight = 2; weight < 30; weight++) {
      all.add((weight % 2 == 0 ? one : two).renew(ID, KEY, web().withWeight(weight), LOAD));
    }
    all.forEach(Await::result);
    Await.result(two.renew(ID, KEY, web().withWeight(40), LOAD));
    watched.awaitsRegistered(ID, i -> i.weight() == 40);
  }

  @Test
  void whatStandsWithoutBeingBelievedIsOutdone() {
    Watched watched = watch(upstream);
    Registrar registrar = open(proxy, 10);
    Await.result(registrar.renew(ID, KEY, web(), LOAD));
    String early = String.valueOf(read("rollcall.instances", ID));
    Await.result(registrar.renew(ID, KEY, web().withWeight(2), LOAD));
    Await.result(registrar.renew(ID, KEY, web().withWeight(3), LOAD));
    watched.awaitsRegistered(ID, i -> i.weight() == 3);
    watch(proxy).awaitsRegistered(ID, i -> i.weight() == 3);
    write("rollcall.instances", ID, early);
    Await.result(registrar.renew(ID, KEY, web().withWeight(4), LOAD));
    watched.awaitsRegistered(ID, i -> i.weight() == 4);
  }

  @Test
  void anIdBelongsToWhoCameFirst() {
    Registrar registrar = open(proxy, 10);
    Instance first = of(Await.result(registrar.renew(ID, KEY, web(), LOAD)));
    Outcome other = Await.result(registrar.renew(ID, "another key", web().withWeight(9), LOAD));
    assertThat(other).isEqualTo(new Outcome.Taken(first.lease()));
    assertThat(Await.result(registrar.leave(ID, "another key", Duration.ofSeconds(1))))
        .isEqualTo(new Outcome.Taken(first.lease()));
    assertThat(of(Await.result(registrar.renew(ID, KEY, web(), LOAD)))).isEqualTo(first);
    assertThat(read("rollcall.instances", ID)).doesNotContain(KEY);
  }

  @Test
  void whoRegisteredItselfCannotBeTakenOver() {
    Instance own = registered("hello-1");
    Outcome outcome = Await.result(open(proxy, 10).renew(own.id(), KEY, web(), LOAD));
    assertThat(outcome).isInstanceOf(Outcome.Taken.class);
  }

  @Test
  void noMoreThanAllowedAreRegistered() {
    Watched watched = watch(proxy);
    Registrar registrar = open(proxy, 1);
    Await.result(registrar.renew(ID, KEY, web(), LOAD));
    watched.awaitsRegistered(ID);
    Await.until(
        "the second is refused",
        () ->
            Await.result(registrar.renew(Registrar.id("web", "two"), KEY, web(), LOAD))
                .equals(new Outcome.Full(1)));
    assertThat(Await.result(registrar.renew(ID, KEY, web(), LOAD)))
        .isInstanceOf(Outcome.Renewed.class);
  }

  @Test
  void leavingWaitsUntilEveryProxyHasLetGo() {
    ProxySeat seat = proxy.seat("proxy-1", "10.0.0.1", "test");
    Await.until("listed", () -> read("rollcall.proxies", "proxy-1") != null);
    Watched watched = watch(proxy);
    Registrar registrar = open(proxy, 10);
    Await.result(registrar.renew(ID, KEY, web(), LOAD));
    Future<Outcome> left = registrar.leave(ID, KEY, Duration.ofMinutes(1));
    Instance draining = watched.awaitsRegistered(ID, i -> i.state() == InstanceState.DRAINING);
    watched.awaitsBeat(ID, b -> b.seq() > 3);
    assertThat(Await.result(registrar.renew(ID, KEY, web(), LOAD)))
        .isEqualTo(new Outcome.Leaving());
    Await.result(seat.acknowledge(draining, DrainStage.STOPPED_CHOOSING));
    assertThat(left.isComplete()).isFalse();
    Await.result(seat.acknowledge(draining, DrainStage.EMPTY));
    assertThat(Await.result(left)).isEqualTo(new Outcome.Left(true));
    watched.awaitsRegistered(ID, i -> i.state() == InstanceState.LEFT);
    Await.until("heartbeats are removed", () -> read("rollcall.beats", ID) == null);
  }

  @Test
  void leavesAtTheLimitAllTheSame() {
    ProxySeat seat = proxy.seat("proxy-1", "10.0.0.1", "test");
    Await.until("listed", () -> read("rollcall.proxies", seat.id()) != null);
    Watched watched = watch(proxy);
    Registrar registrar = open(proxy, 10);
    Await.result(registrar.renew(ID, KEY, web(), LOAD));
    assertThat(Await.result(registrar.leave(ID, KEY, Duration.ofMillis(200))))
        .isEqualTo(new Outcome.Left(false));
    watched.awaitsRegistered(ID, i -> i.state() == InstanceState.LEFT);
  }

  @Test
  void whoHasLeftMayComeAgainAndSoMayOthersUnderItsId() {
    Watched watched = watch(proxy);
    Registrar registrar = open(proxy, 10);
    Instance first = of(Await.result(registrar.renew(ID, KEY, web(), LOAD)));
    Await.result(registrar.leave(ID, KEY, Duration.ofSeconds(5)));
    assertThat(Await.result(registrar.leave(ID, KEY, Duration.ofSeconds(5))))
        .isEqualTo(new Outcome.Unknown());
    Outcome again = Await.result(registrar.renew(ID, "another key", web(), LOAD));
    assertThat(again).isInstanceOf(Outcome.Registered.class);
    assertThat(of(again).epoch()).isNotEqualTo(first.epoch());
    watched.awaitsRegistered(ID, i -> i.epoch().equals(of(again).epoch()));
    assertThat(watched.all(Rejected.class)).isEmpty();
  }

  @Test
  void aLostHeartbeatIsNoNewStart() {
    Watched watched = watch(proxy);
    Registrar registrar = open(proxy, 10);
    Instance first = of(Await.result(registrar.renew(ID, KEY, web(), LOAD)));
    watched.awaitsBeat(ID, b -> b.seq() == 1);
    remove("rollcall.beats", ID);
    Outcome next = Await.result(registrar.renew(ID, KEY, web(), LOAD));
    assertThat(next).isEqualTo(new Outcome.Renewed(first));
    watched.awaitsBeat(ID, b -> b.seq() == 2);
  }

  @Test
  void whenEverythingIsLostTheNextRenewalRegistersAnew() {
    Watched watched = watch(proxy);
    Registrar registrar = open(proxy, 10);
    Instance first = of(Await.result(registrar.renew(ID, KEY, web(), LOAD)));
    watched.awaitsRegistered(ID);
    remove("rollcall.beats", ID);
    remove("rollcall.instances", ID);
    watched.awaits(InstanceChange.Vanished.class, v -> v.id().equals(ID));
    Outcome next = Await.result(registrar.renew(ID, KEY, web(), LOAD));
    assertThat(next).isInstanceOf(Outcome.Registered.class);
    assertThat(of(next).epoch()).isNotEqualTo(first.epoch());
    watched.awaitsRegistered(ID, i -> i.epoch().equals(of(next).epoch()));
  }

  @Test
  void anOperatorsWishIsEchoed() {
    Watched watched = watch(proxy);
    Registrar registrar = open(proxy, 10);
    Await.result(registrar.renew(ID, KEY, web(), LOAD));
    InstanceOverride wish = new InstanceOverride(3, true, "ops", "2026-11-22T00:00:00Z");
    Await.result(proxy.override(ID, wish));
    Await.result(registrar.renew(ID, KEY, web(), LOAD));
    watched.awaitsRegistered(ID, i -> wish.equals(i.override()));
    remove("rollcall.overrides", ID);
    Outcome next = Await.result(registrar.renew(ID, KEY, web().withWeight(2), LOAD));
    assertThat(of(next).override()).isEqualTo(wish);
  }

  @Test
  void whatANewerProxyWroteBesideIsKept() {
    Registrar registrar = open(proxy, 10);
    Await.result(registrar.renew(ID, KEY, web(), LOAD));
    String text = signature().open(String.valueOf(read("rollcall.instances", ID)));
    write("rollcall.instances", ID, sealed(new JsonObject(text).put("colour", "red")));
    Await.result(registrar.renew(ID, KEY, web().withWeight(2), LOAD));
    String now = signature().open(String.valueOf(read("rollcall.instances", ID)));
    assertThat(new JsonObject(now).getString("colour")).isEqualTo("red");
  }
}

package dev.rollcall.proxy;

import static dev.rollcall.proxy.Await.await;
import static dev.rollcall.proxy.Await.until;
import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.DRAINING;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.IdentityProof;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Registration;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The roll over a registry in memory, with real instances and real probes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RollOnRegistryTest extends RollScene {

  @Test
  void whoRegistersAndAnswersTakesTraffic() {
    Lease a = open("a");
    comesUp(a);
    Upstream upstream = upstreams(proxy).get(0);

    assertThat(candidates()).containsExactly("a");
    assertThat(upstream.standing().reason()).startsWith("answered its probe in");
    until("its beat is heard", () -> upstream.pulse().beatInFlight() == 3);
  }

  @Test
  void whoDiesIsFoundByItsLostConnectionAndOneProbe() {
    Lease a = open("a");
    Lease b = open("b");
    comesUp(a, b);

    await(doors.get("a").close());
    registry.store().loseClient(a.id());

    until("a down", () -> of(a) == DOWN && candidates().equals(List.of("b")));
  }

  @Test
  void aRegistryThatLosesEverythingCostsNobodyItsPlace() {
    Lease a = open("a");
    Lease b = open("b");
    comesUp(a, b);
    flips.clear();

    registry.store().loseEverything();
    Lease c = open("c");
    comesUp(c);
    until("all are candidates again", () -> candidates().equals(List.of("a", "b", "c")));

    assertThat(flips).doesNotContain("a>DOWN", "b>DOWN");
  }

  @Test
  void whoLeavesIsOffTheRoll() {
    Lease a = open("a");
    comesUp(a);

    await(a.leave(Duration.ofSeconds(5)));

    until("off the roll", () -> upstreams(proxy).isEmpty());
    assertThat(proxy.roll().snapshot().routes().find("", "/")).as("its route stays").isNotNull();
  }

  @Test
  void aDrainIsAcknowledgedWhenEveryLoopHasHeardOfItAndAgainWhenNothingIsInFlight() {
    Lease a = open("a");
    comesUp(a);
    Upstream upstream = upstreams(proxy).get(0);
    upstream.traffic().opened();
    Context busy = await(busyLoop());
    CountDownLatch release = new CountDownLatch(1);
    busy.runOnContext(now -> waitFor(release));
    List<DrainStage> stages = new CopyOnWriteArrayList<>();

    Future<Boolean> drained = a.drain(Duration.ofSeconds(30), stages::add);
    until("draining", () -> of(a) == DRAINING && candidates().isEmpty());
    assertThat(stages).as("one loop hasn't heard of it").isEmpty();

    release.countDown();
    until("stopped choosing", () -> stages.contains(DrainStage.STOPPED_CHOOSING));
    assertThat(stages).as("a request is in flight").doesNotContain(DrainStage.EMPTY);

    upstream.traffic().closed();
    assertThat(await(drained)).isTrue();
    until("empty", () -> stages.contains(DrainStage.EMPTY));
    assertThat(stages).containsExactly(DrainStage.STOPPED_CHOOSING, DrainStage.EMPTY);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** A traffic loop that listens to the roll, on a thread of its own. */
  private Future<Context> busyLoop() {
    Promise<Context> promise = Promise.promise();
    Vertx traffic = Vertx.vertx();
    traffic.runOnContext(
        now -> {
          proxy.roll().onTransition(flip -> {});
          promise.complete(traffic.getOrCreateContext());
        });
    return promise.future();
  }

  @Test
  void aDrainWaitsForTheWordOfEveryProxy() {
    RollVerticle other = deploy(registry.another(vertx), "proxy-2");
    Lease a = open("a");
    comesUp(a);
    until("up at the other", () -> takesTraffic(other, a));
    Upstream there = upstreams(other).get(0);
    there.traffic().opened();

    Future<Boolean> drained = a.drain(Duration.ofSeconds(30));
    until("draining at the other", () -> there.availability() == DRAINING);
    assertThat(drained.isComplete()).isFalse();

    there.traffic().closed();
    assertThat(await(drained)).isTrue();
  }

  @Test
  void aDrainTakenBackIsOverAndTheNextIsAcknowledgedAnew() {
    Lease a = open("a");
    comesUp(a);
    assertThat(await(a.drain(Duration.ofSeconds(30)))).isTrue();

    await(a.resume());
    comesUp(a);

    Upstream upstream = upstreams(proxy).get(0);
    upstream.traffic().opened();
    Future<Boolean> again = a.drain(Duration.ofSeconds(30));
    until("draining", () -> of(a) == DRAINING);
    assertThat(again.isComplete()).isFalse();
    upstream.traffic().closed();
    assertThat(await(again)).isTrue();
  }

  @Test
  void anOperatorDrainsWeighsAndResumes() {
    Lease a = open("a");
    Lease b = open("b");
    comesUp(a, b);

    await(registry.override(a.id(), new InstanceOverride(null, true, "ann", "now")));
    until("a drains", () -> of(a) == DRAINING && candidates().equals(List.of("b")));

    await(registry.override(a.id(), new InstanceOverride(7, false, "ann", "now")));
    until("a is back", () -> candidates().equals(List.of("a", "b")));
    assertThat(weights()).containsExactly(7, 1);
  }

  private int[] weights() {
    return proxy.roll().snapshot().service("hello").candidates().weights();
  }

  @Test
  void whatTheOperatorWishedOutlivesTheOnlyProxy() {
    Lease a = open("a");
    Lease b = open("b");
    comesUp(a, b);
    await(registry.override(a.id(), new InstanceOverride(null, true, "ann", "now")));
    until("a drains", () -> of(a) == DRAINING);
    until("a says so itself", () -> upstreams(proxy).stream().anyMatch(this::echoes));

    registry.store().loseEverything();
    RollVerticle next = deploy(registry.another(vertx), "proxy-2");

    until("b up", () -> takesTraffic(next, b));
    until("a known", () -> upstreams(next).size() == 2);
    assertThat(upstreams(next).stream().filter(u -> u.id().equals(a.id())))
        .singleElement()
        .satisfies(u -> assertThat(u.availability()).isEqualTo(DRAINING));
  }

  private boolean echoes(Upstream upstream) {
    InstanceOverride echo = upstream.instance().override();
    return echo != null && echo.drain();
  }

  @Test
  void anInstanceThatMovesIsAnotherUpstream() {
    Lease a = open("a");
    comesUp(a);
    Upstream before = upstreams(proxy).get(0);
    HttpServer elsewhere =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> request.response().putHeader(IdentityProof.INSTANCE, a.id()).end())
                .listen(0, "127.0.0.1"));

    await(a.update(was -> at(was, elsewhere.actualPort())));

    until("the new one is up", () -> of(a) == UP && upstreams(proxy).get(0) != before);
    assertThat(before.availability()).isEqualTo(DOWN);
    assertThat(new ArrayList<>(flips)).contains("a>DOWN");
  }

  private static Registration at(Registration was, int port) {
    return new Registration(
        was.service(),
        was.name(),
        was.host(),
        port,
        was.protocol(),
        was.weight(),
        was.tier(),
        was.zone(),
        was.routes(),
        was.metadata(),
        was.heartbeat(),
        was.probe());
  }
}

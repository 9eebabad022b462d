package dev.rollcall.proxy;

import static dev.rollcall.proxy.Await.await;
import static dev.rollcall.proxy.Await.until;
import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.EJECTED;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.settings.Reading;
import dev.rollcall.proxy.forward.ForwardOptions;
import dev.rollcall.proxy.forward.client.Listener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The engine over the roll: four instances under open-loop load, of which one has a fault. How fast
 * is a matter of the machine; that nobody fails and nobody waits out the 30 s of a response is not.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class FaultsUnderLoadIT extends RollScene {

  private final List<Future<Integer>> answers = new ArrayList<>();
  private final Map<String, Lease> leases = new TreeMap<>();
  private EngineScene engine;
  private HttpClient client;
  private long timer;

  @BeforeEach
  void proxyAndFourInstances() throws Exception {
    engine =
        EngineScene.over(
            proxy.roll(), proxy.witness(), holding("25s"), Listener.plain("127.0.0.1", 0, false));
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultPort(engine.port(0)).setDefaultHost("127.0.0.1"),
            new PoolOptions().setHttp1MaxSize(500));
    for (String name : new String[] {"a", "b", "c", "d"}) {
      leases.put(name, open(name));
    }
    leases.values().forEach(this::comesUp);
  }

  @AfterEach
  void stopTraffic() throws Exception {
    engine.stop();
  }

  /** A busy machine may need long to notice that somebody is there again. */
  private static ForwardOptions holding(String time) {
    Reading<ProxyOptions> read =
        ProxyOptions.PROGRAM.read(null, Map.of("ROLLCALL_TIMEOUT_HOLD", time));
    return Objects.requireNonNull(read.options()).forward();
  }

  private Future<Integer> send(HttpMethod method) {
    return client
        .request(method, "/")
        .compose(
            request ->
                method == HttpMethod.POST ? request.send(Buffer.buffer("one")) : request.send())
        .compose(response -> response.body().map(body -> response.statusCode()));
  }

  /** 100 requests a second from now on, each fourth a POST if wanted. */
  private void load(boolean posts) {
    int[] number = {0};
    timer =
        vertx.setPeriodic(
            10,
            now ->
                answers.add(
                    send(posts && number[0]++ % 4 == 0 ? HttpMethod.POST : HttpMethod.GET)));
  }

  private void pass(Duration time) {
    Promise<Void> over = Promise.promise();
    vertx.setTimer(time.toMillis(), now -> over.complete());
    await(over.future());
  }

  /** Ends the load; every status that clients saw. */
  private List<Integer> statuses() {
    Promise<List<Future<Integer>>> sent = Promise.promise();
    vertx.runOnContext(
        now -> {
          vertx.cancelTimer(timer);
          sent.complete(List.copyOf(answers));
        });
    List<Future<Integer>> all = await(sent.future());
    await(Future.join(all).otherwiseEmpty());
    return all.stream().map(one -> one.succeeded() ? one.result() : -1).distinct().toList();
  }

  @Test
  void aFrozenInstanceCostsNoAnswer() {
    load(false);
    pass(Duration.ofSeconds(2));

    manners.put("a", Manner.MUTE);
    until("a down", () -> of(leases.get("a")) == DOWN);
    pass(Duration.ofSeconds(1));

    assertThat(statuses()).containsExactly(200);
    manners.put("a", Manner.WELL);
    until("a up", () -> of(leases.get("a")) == UP);
  }

  @Test
  void aPostToAFrozenInstanceIsToldAtOnceThatItFailed() {
    load(false);
    pass(Duration.ofSeconds(2));
    manners.put("a", Manner.MUTE);
    Promise<List<Future<Integer>>> posts = Promise.promise();
    vertx.runOnContext(
        now -> {
          List<Future<Integer>> four = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            four.add(send(HttpMethod.POST));
          }
          posts.complete(four);
        });

    until("a down", () -> of(leases.get("a")) == DOWN);

    List<Integer> seen =
        await(posts.future()).stream().map(one -> await(one.otherwise(-1))).sorted().toList();
    assertThat(seen).as("one in four went there").contains(200).allMatch(s -> s == 200 || s >= 502);
    assertThat(statuses()).containsExactly(200);
  }

  @Test
  void aKilledInstanceCostsNoAnswer() {
    load(false);
    pass(Duration.ofSeconds(2));

    await(doors.get("a").close());
    registry.store().loseClient(leases.get("a").id());
    until("a down", () -> of(leases.get("a")) == DOWN);
    pass(Duration.ofSeconds(1));

    assertThat(statuses()).containsExactly(200);
  }

  @Test
  void aDrainedInstanceCostsNoAnswerToGetsOrPosts() {
    load(true);
    pass(Duration.ofSeconds(2));

    Lease a = leases.get("a");
    assertThat(await(a.drain(Duration.ofSeconds(30)))).isTrue();
    await(doors.get("a").close());
    await(a.leave(Duration.ofSeconds(5)));
    pass(Duration.ofSeconds(1));

    assertThat(statuses()).containsExactly(200);
    assertThat(candidates()).containsExactly("b", "c", "d");
  }

  @Test
  void anInstanceThatAnswersProbesOnlyCostsNoAnswer() {
    load(false);
    pass(Duration.ofSeconds(6));

    manners.put("a", Manner.PROBES_ONLY);
    until("a ejected", () -> of(leases.get("a")) == EJECTED);
    until("its trial failed", () -> Collections.frequency(flips, "a>EJECTED") == 2);
    manners.put("a", Manner.WELL);

    until("a up", () -> of(leases.get("a")) == UP);
    assertThat(statuses()).containsExactly(200);
  }

  @Test
  void anInstanceThatFailsIsEjectedAndComesBackByOneTrial() {
    load(false);
    pass(Duration.ofSeconds(2));

    manners.put("a", Manner.FAILS);
    until("a ejected", () -> of(leases.get("a")) == EJECTED);
    until("a takes nothing", () -> !candidates().contains("a"));
    manners.put("a", Manner.WELL);

    until("a up", () -> candidates().contains("a"));
    assertThat(statuses()).containsOnly(200, 500);
  }

  @Test
  void allFrozenForAMomentCostNoAnswer() {
    load(false);
    pass(Duration.ofSeconds(2));

    leases.keySet().forEach(name -> manners.put(name, Manner.MUTE));
    until("all down", () -> leases.values().stream().allMatch(lease -> of(lease) == DOWN));
    leases.keySet().forEach(name -> manners.put(name, Manner.WELL));
    leases.values().forEach(this::comesUp);
    pass(Duration.ofSeconds(1));

    assertThat(statuses()).containsExactly(200);
  }

  @Test
  void whoeverComesWhileNobodyIsThereWaitsForTheNext() {
    leases.values().forEach(lease -> await(lease.leave(Duration.ofSeconds(5))));
    until("nobody is there", () -> candidates().isEmpty());

    List<Future<Integer>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(send(i % 2 == 0 ? HttpMethod.POST : HttpMethod.GET));
    }
    comesUp(open("e"));

    assertThat(await(Future.join(waiting)).<Integer>list()).containsOnly(200);
  }

  @Test
  void whoeverWaitsForNobodyIsToldSo() {
    engine.context().change(holding("100ms"));
    leases.values().forEach(lease -> await(lease.leave(Duration.ofSeconds(5))));
    until("nobody is there", () -> candidates().isEmpty());

    assertThat(await(send(HttpMethod.GET))).isEqualTo(503);
    assertThat(await(send(HttpMethod.GET))).as("at once").isEqualTo(503);
  }
}

package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What one instance costs all others, counted in questions and words. */
class LargeRollTest extends StoreCase {

  private static final Duration NEVER = Duration.ofHours(1);

  private final CountingStore store = new CountingStore(memory.store());

  private Registry registry(Duration verify) {
    Pace pace =
        new Pace(NEVER, verify, Duration.ofMillis(20), NEVER, NEVER, NEVER, Duration.ofSeconds(2));
    return over(store, pace);
  }

  private static Lease register(Registry registry, Duration heartbeat) {
    Lease lease =
        registry.register(
            Registration.of("hello", "hello-1", 8080)
                .withHost("127.0.0.1")
                .withHeartbeat(heartbeat),
            () -> new Load(0, -1));
    Await.result(lease.registered());
    return lease;
  }

  private String stands(RollMap map, String key) {
    return String.valueOf(Await.result(memory.store().get(map, key)));
  }

  private long seq(Lease lease) {
    String beat = stands(RollMap.BEATS, lease.id());
    return beat.equals("null") ? 0 : BeatJson.read(beat).seq();
  }

  @Test
  void aHeartbeatIsOneWordInOneMap() {
    Lease lease = register(registry(NEVER), Duration.ofMillis(10));
    Await.until("it beats", () -> seq(lease) >= 2);
    store.forget();
    long from = seq(lease);
    Await.until("it beats on", () -> seq(lease) >= from + 20);

    assertThat(store.counts().keySet()).isEqualTo(Set.of("put beats"));
  }

  @Test
  void aLookIsThreeQuestionsAndNoWord() {
    register(registry(Duration.ofMillis(20)), NEVER);
    store.forget();
    Await.until("it looked several times", () -> store.counts().getOrDefault("get pace", 0) >= 5);

    Map<String, Integer> counts = store.counts();
    assertThat(counts.keySet())
        .isSubsetOf("get instances", "get overrides", "get pace", "put beats");
    assertThat(counts.getOrDefault("put beats", 0)).isLessThanOrEqualTo(1);
  }

  @Test
  void whoDoesNotDrainHasNoEarForProxiesAndNeverReadsThem() {
    Lease lease = register(registry(NEVER), NEVER);
    assertThat(store.counts()).doesNotContainKeys("hear proxies", "read proxies");

    Await.result(lease.drain(Duration.ofSeconds(2)));

    assertThat(store.counts()).containsEntry("hear proxies", 1);
  }

  @Test
  void instancesOfALargeRollBeatAsOftenAsTheyAreTold() {
    Lease lease = register(registry(Duration.ofMillis(20)), Duration.ofSeconds(1));
    say(RollMap.PACE, Conductor.KEY, new Cadence(Duration.ofSeconds(5)).write());
    Await.until("it says so", () -> heartbeat(lease).equals(Duration.ofSeconds(5)));
  }

  @Test
  void whoIsSlowerAnywayHasNothingNewToSay() {
    Registration slow =
        Registration.of("hello", "hello-1", 8080)
            .withHost("127.0.0.1")
            .withHeartbeat(Duration.ofSeconds(30));
    KeptInstance kept = new KeptInstance("a", "e", slow);

    assertThat(kept.follow(new Cadence(Duration.ofSeconds(5)))).isFalse();
    assertThat(kept.instance().heartbeat()).isEqualTo(Duration.ofSeconds(30));
    assertThat(kept.seq()).isZero();

    kept.registration(slow.withHeartbeat(Duration.ofSeconds(1)));
    assertThat(kept.instance().heartbeat()).isEqualTo(Duration.ofSeconds(5));
    assertThat(kept.follow(Cadence.FREE)).isTrue();
    assertThat(kept.instance().heartbeat()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void proxiesOfALargeRollTellHowOftenToBeat() {
    for (int i = 0; i < 1300; i++) {
      String id = "i" + i;
      String text =
          """
          {"id": "%s", "epoch": "e", "seq": 1, "service": "hello", "host": "10.0.0.1", "port": %d}
          """;
      say(RollMap.INSTANCES, id, text.formatted(id, 1000 + i));
    }
    Registry proxy = registry(NEVER);
    proxy.watch(change -> {});
    proxy.seat("proxy-1", "10.0.0.9", "test");
    Await.until(
        "the pace stands",
        () -> stands(RollMap.PACE, Conductor.KEY).equals("{\"heartbeatMs\":2000}"));

    for (int i = 700; i < 1300; i++) {
      Await.result(memory.store().remove(RollMap.INSTANCES, "i" + i));
    }
    Await.until("everyone is free again", () -> stands(RollMap.PACE, Conductor.KEY).equals("null"));
  }

  @Test
  void aSmallRollIsToldNothing() {
    Registry proxy = registry(NEVER);
    proxy.watch(change -> {});
    proxy.seat("proxy-1", "10.0.0.9", "test");
    register(proxy, Duration.ofMillis(10));
    Await.until("looked", () -> store.counts().getOrDefault("get pace", 0) >= 3);

    assertThat(store.counts()).doesNotContainKeys("put pace", "remove pace");
  }

  private Duration heartbeat(Lease lease) {
    return InstanceJson.read(stands(RollMap.INSTANCES, lease.id())).instance().heartbeat();
  }

  private void say(RollMap map, String key, String value) {
    Await.result(memory.store().put(map, key, value, map.timeToLive()));
  }
}

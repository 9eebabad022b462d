package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceChange.Beaten;
import dev.rollcall.discovery.InstanceChange.Registered;
import dev.rollcall.discovery.InstanceChange.Rejected;
import dev.rollcall.discovery.InstanceChange.Vanished;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every registry believes, restores and keeps. */
public abstract class BeliefContract extends RegistryCase {
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
    replaysUntilRejected(watched, "rollcall.instances", sealed(raw("raw-1", 1)));
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
    replaysUntilRejected(watched, "rollcall.beats", sealed(rawBeat(1)));
    assertThat(watched.all(Rejected.class).map(Rejected::why))
        .as("the same words for each, so that they are said once")
        .containsOnly("heartbeat (expected: a newer one than the last): late or replayed");
    assertThat(
            watched.all(Beaten.class).filter(b -> b.id().equals("raw-1")).map(b -> b.beat().seq()))
        .containsExactly(1L, 2L);
  }

  /**
   * Only an event is a replay, since a full read may be late: so until the watcher hears events.
   */
  private void replaysUntilRejected(Watched watched, String map, String old) {
    Await.until(
        () -> {
          write(map, "raw-1", old);
          return watched.all(Rejected.class).anyMatch(r -> r.id().equals("raw-1"));
        },
        () -> "Rejected among " + watched.heard());
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
  void nothingIsInDoubtWhileTheRegistryAnswers() {
    Watched watched = watch(proxy);
    write("rollcall.instances", "raw-1", sealed(raw("raw-1", 1).put("heartbeatMs", 20)));
    watched.awaitsRegistered("raw-1");
    Await.until("asked about it", () -> read("rollcall.pulses", "raw-1") != null);
    Await.until("answered", () -> !proxy.inDoubt("raw-1"));
  }
}

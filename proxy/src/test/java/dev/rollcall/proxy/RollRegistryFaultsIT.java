package dev.rollcall.proxy;

import static dev.rollcall.proxy.Await.await;
import static dev.rollcall.proxy.Await.until;
import static dev.rollcall.proxy.roll.Availability.DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.memory.InMemoryRegistry;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults of the registry that outlast a lease: the last picture stands. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RollRegistryFaultsIT extends RollScene {

  private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(8);

  private Lease a;
  private Lease b;

  @BeforeEach
  void two() {
    a = open("a");
    b = open("b");
    comesUp(a, b);
    flips.clear();
  }

  private void pass(Duration time) {
    Promise<Void> over = Promise.promise();
    vertx.setTimer(time.toMillis(), now -> over.complete());
    await(over.future());
  }

  @Test
  void aRegistryOutOfReachEvictsNobody() {
    registry.store().disconnect();
    pass(LONGER_THAN_A_LEASE);
    assertThat(candidates()).containsExactly("a", "b");

    registry.store().reconnect("127.0.0.1");
    pass(LONGER_THAN_A_LEASE);

    assertThat(candidates()).containsExactly("a", "b");
    assertThat(flips).doesNotContain("a>DOWN", "b>DOWN");
  }

  @Test
  void aFrozenRegistryEvictsNobody() {
    registry.store().freeze();
    pass(LONGER_THAN_A_LEASE);
    assertThat(candidates()).containsExactly("a", "b");

    registry.store().thaw();
    pass(LONGER_THAN_A_LEASE);

    assertThat(candidates()).containsExactly("a", "b");
    assertThat(flips).doesNotContain("a>DOWN", "b>DOWN");
  }

  @Test
  void whoDiesWhileTheRegistryIsOutOfReachIsFoundByProbes() {
    registry.store().disconnect();

    await(doors.get("a").close());

    until("a down", () -> of(a) == DOWN && candidates().equals(List.of("b")));
  }

  @Test
  void whoMerelyStopsBeatingIsDroppedWhenItsLeaseEnds() {
    InMemoryRegistry own = registry.another(vertx);
    Lease c = open("c", own);
    comesUp(c);

    await(own.close());

    until("c down", () -> of(c) == DOWN);
    assertThat(upstreams(proxy).stream().filter(u -> u.id().equals(c.id())))
        .singleElement()
        .satisfies(u -> assertThat(u.standing().reason()).startsWith("no heartbeat for 5"));
    assertThat(List.copyOf(flips)).doesNotContain("a>DOWN", "b>DOWN");
  }
}

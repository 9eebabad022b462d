package dev.rollcall.discovery.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.InstanceChange.Disconnected;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.RegistryContractTest;
import dev.rollcall.discovery.Watched;
import dev.rollcall.discovery.store.RollMap;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryRegistryTest extends RegistryContractTest {

  private InMemoryRegistry registry;

  @Override
  protected Registry upstreamSide() {
    registry = new InMemoryRegistry(vertx, PACE);
    return registry;
  }

  @Override
  protected Registry proxySide() {
    return registry.another(vertx);
  }

  @Override
  protected void write(String map, String key, String value) {
    Await.result(registry.store().put(named(map), key, value, named(map).timeToLive()));
  }

  @Override
  protected @Nullable String read(String map, String key) {
    return Await.result(registry.store().get(named(map), key));
  }

  @Override
  protected void remove(String map, String key) {
    Await.result(registry.store().remove(named(map), key));
  }

  @Test
  void comesBackWhenTheRegistryLostEverything() {
    Lease lease = lease();
    registry.store().loseEverything();
    Await.until("it stands again", () -> read("rollcall.instances", lease.id()) != null);
  }

  @Test
  void comesBackWithItsNewAddress() {
    Lease lease = lease();
    Watched watched = watch(registry);
    registry.store().disconnect();
    assertThat(lease.connected()).isFalse();
    assertThat(registry.inDoubt(lease.id())).isTrue();
    registry.store().reconnect("10.0.0.8");
    watched.awaitsRegistered(lease.id(), i -> i.endpoint().host().equals("10.0.0.8"));
    assertThat(lease.connected()).isTrue();
  }

  @Test
  void waitsForTheRegistryToBeThere() {
    registry.store().disconnect();
    Lease lease = registry.register(Registration.of("hello", "hello-1", 80), () -> new Load(0, 0));
    registry.store().reconnect("10.0.0.8");
    assertThat(Await.result(lease.registered()).endpoint()).hasToString("10.0.0.8:80");
  }

  @Test
  void aLoopbackAddressIsRefusedWhenAProxyIsElsewhere() {
    registry.store().disconnect();
    Registration here = Registration.of("hello", "hello-1", 80).withHost("localhost");
    Lease lease = registry.register(here, () -> new Load(0, 0));
    registry.store().reconnect("10.0.0.8", "10.0.0.2:5701");
    Lease later = lease();
    assertThat(read("rollcall.instances", later.id())).isNotNull();
    assertThat(read("rollcall.instances", lease.id())).isNull();
    lease.update(r -> r.withHost("10.0.0.9"));
    assertThat(Await.result(lease.registered()).endpoint()).hasToString("10.0.0.9:80");
  }

  @Test
  void drainGivesUpWhenNobodyCanHearIt() {
    Lease lease = lease();
    registry.store().disconnect();
    assertThat(Await.result(lease.drain(Duration.ofMinutes(1)))).isFalse();
    Await.result(lease.leave(Duration.ofMinutes(1)));
  }

  @Test
  void doubtsARegistryThatHangs() {
    Watched watched = watch(registry);
    Lease lease = lease();
    watched.awaitsBeat(lease.id(), b -> true);
    registry.store().freeze();
    Await.until("in doubt", () -> registry.inDoubt(lease.id()));
    registry.store().thaw();
    Await.until("believed again", () -> !registry.inDoubt(lease.id()));
  }

  @Test
  void doubtsARegistryThatLostAMember() {
    Lease lease = lease();
    assertThat(registry.inDoubt(lease.id())).isFalse();
    registry.store().shake();
    assertThat(registry.inDoubt(lease.id())).isTrue();
  }

  @Test
  void namesTheInstanceWhoseConnectionIsLost() {
    Watched watched = watch(registry);
    Lease lease = lease();
    watched.awaitsRegistered(lease.id());
    registry.store().loseClient(lease.id());
    watched.awaits(Disconnected.class, d -> d.id().equals(lease.id()));
  }

  private Lease lease() {
    Lease lease = registry.register(Registration.of("hello", "hello-1", 80), () -> new Load(0, -1));
    Await.result(lease.registered());
    return lease;
  }

  private static RollMap named(String name) {
    for (RollMap map : RollMap.values()) {
      if (map.mapName().equals(name)) {
        return map;
      }
    }
    throw new IllegalArgumentException(name);
  }
}

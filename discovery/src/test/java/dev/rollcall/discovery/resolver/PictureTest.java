package dev.rollcall.discovery.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Tier;
import dev.rollcall.discovery.memory.InMemoryRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PictureTest {

  private static final Load IDLE = new Load(0, -1);

  private final Vertx vertx = Vertx.vertx();
  private final InMemoryRegistry registry = new InMemoryRegistry(vertx);
  private final AtomicLong ahead = new AtomicLong();
  private final Picture picture =
      new Picture(vertx, registry, "here", () -> System.nanoTime() + ahead.get());

  @AfterEach
  void close() {
    picture.close();
    Await.result(registry.close());
    Await.result(vertx.close());
  }

  private static Registration hello(int port, Tier tier, String zone, int weight) {
    return new Registration(
        "hello",
        "hello-" + port,
        "10.0.0.1",
        port,
        Protocol.HTTP,
        weight,
        tier,
        zone,
        List.of("/"),
        Map.of(),
        Duration.ofSeconds(1),
        new ProbeTarget.Tcp());
  }

  private Lease register(int port, Tier tier, String zone) {
    Lease lease = registry.register(hello(port, tier, zone, 1), () -> IDLE);
    Await.result(lease.registered());
    return lease;
  }

  private void becomes(Integer... ports) {
    Await.until(() -> ports().equals(Set.of(ports)), () -> ports() + " becomes " + List.of(ports));
  }

  private Set<Integer> ports() {
    return picture.of("hello").stream()
        .map(choice -> choice.endpoint().port())
        .collect(Collectors.toSet());
  }

  @Test
  void showsWhoIsThereAndNoLongerWhoDrains() {
    Lease one = register(1, Tier.PRIMARY, "");
    register(2, Tier.PRIMARY, "");
    becomes(1, 2);
    one.drain(Duration.ofSeconds(1));
    becomes(2);
    assertThat(picture.of("nobody")).isEmpty();
  }

  @Test
  void backupsWaitUntilNoPrimaryIsLeft() {
    register(2, Tier.BACKUP, "");
    becomes(2);
    Lease one = register(1, Tier.PRIMARY, "");
    becomes(1);
    Await.result(one.leave(Duration.ofSeconds(1)));
    becomes(2);
  }

  @Test
  void staysInItsZoneWhileAnybodyIsThere() {
    register(1, Tier.PRIMARY, "there");
    becomes(1);
    Lease near = register(2, Tier.PRIMARY, "here");
    becomes(2);
    Await.result(near.leave(Duration.ofSeconds(1)));
    becomes(1);
  }

  @Test
  void obeysTheOperator() {
    Lease one = register(1, Tier.PRIMARY, "");
    register(2, Tier.PRIMARY, "");
    becomes(1, 2);
    Await.result(registry.override(one.id(), new InstanceOverride(null, true, "ops", "")));
    becomes(2);
    Await.result(registry.override(one.id(), new InstanceOverride(7, false, "ops", "")));
    becomes(1, 2);
    assertThat(picture.of("hello")).anyMatch(choice -> choice.weight() == 7);
  }

  @Test
  void whoIsLateWaitsAndWhoseLeaseHasEndedIsGone() {
    Registrar registrar = registry.registrar(10);
    String id = Registrar.id("hello", "one");
    Await.result(registrar.renew(id, "key", hello(1, Tier.PRIMARY, "", 1), IDLE));
    becomes(1);
    ahead.set(Duration.ofSeconds(3).toNanos());
    register(2, Tier.PRIMARY, "");
    becomes(2);
    ahead.set(Duration.ofSeconds(6).toNanos());
    Await.result(registrar.renew(id, "key", hello(1, Tier.PRIMARY, "", 1), IDLE));
    becomes(1, 2);
  }

  @Test
  void whoseLeaseHasEndedIsBackAtItsNextHeartbeat() {
    Registrar registrar = registry.registrar(10);
    String id = Registrar.id("hello", "one");
    Await.result(registrar.renew(id, "key", hello(1, Tier.PRIMARY, "", 1), IDLE));
    becomes(1);
    ahead.set(Duration.ofSeconds(6).toNanos());
    becomes();
    Await.result(registrar.renew(id, "key", hello(1, Tier.PRIMARY, "", 1), IDLE));
    becomes(1);
  }
}

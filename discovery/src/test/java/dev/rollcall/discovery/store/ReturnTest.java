package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Subscription;
import dev.rollcall.discovery.memory.InMemoryStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What it costs that an instance is back after the registry has lost everything. */
class ReturnTest extends StoreCase {

  private final CountingStore counting = new CountingStore(memory.store());

  @Test
  void writesItselfOnceThoughItsHeartbeatIsGoneToo() {
    Await.result(register(over(counting)).registered());
    beats(2);
    counting.forget();
    ((InMemoryStore) memory.store()).loseEverything();
    beats(3);
    assertThat(counting.counts()).containsEntry("put instances", 1);
  }

  @Test
  void obeysAWishThatWentUnheardWhileListenersWereOnTheirWay() {
    Deaf deaf = new Deaf(memory.store());
    Duration never = Duration.ofHours(1);
    Pace usual = Pace.DEFAULT;
    Pace pace =
        new Pace(
            usual.reconcile(),
            never,
            usual.seat(),
            usual.seatTimeout(),
            usual.pulse(),
            usual.doubt(),
            usual.unreachable());
    StoredRegistry registry = over(deaf, pace);
    Lease lease = register(registry);
    Await.result(lease.registered());
    Await.result(registry.override(lease.id(), new InstanceOverride(3, false, "bob", "now")));
    deaf.tell(new StoreEvent.Heard());
    Await.until("it says so itself", () -> said(lease.id()).contains("bob"));
  }

  @Test
  void whoBeatsIsFoundThoughFullReadsHang() {
    Lease before = register(over(memory.store()));
    Await.result(before.registered());
    StoredRegistry watching = over(new NeverRead(memory.store()));
    Promise<String> heard = Promise.promise();
    watching.watch(
        change -> {
          if (change instanceof InstanceChange.Registered) {
            heard.tryComplete(change.id());
          }
        });
    assertThat(Await.result(heard.future())).isEqualTo(before.id());
  }

  private String said(String id) {
    return String.valueOf(Await.result(memory.store().get(RollMap.INSTANCES, id)));
  }

  private static Lease register(StoredRegistry registry) {
    return registry.register(
        Registration.of("web", "one", 80).withHost("10.0.0.7").withHeartbeat(Duration.ofMillis(50)),
        () -> new Load(0, -1));
  }

  /** As when many parts of the store are moving. */
  private static final class NeverRead extends StoreInFront {
    NeverRead(Store store) {
      super(store);
    }

    @Override
    public Future<Map<String, String>> readAll(RollMap map) {
      return Promise.<Map<String, String>>promise().future();
    }
  }

  /** Tells only what a test says. */
  private static final class Deaf extends StoreInFront {
    private final List<Consumer<StoreEvent>> listeners = new CopyOnWriteArrayList<>();

    Deaf(Store store) {
      super(store);
    }

    @Override
    public Subscription listen(Set<RollMap> maps, Consumer<StoreEvent> listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }

    void tell(StoreEvent event) {
      listeners.forEach(listener -> listener.accept(event));
    }
  }

  private void beats(int times) {
    Await.until(times + " beats", () -> counting.counts().getOrDefault("put beats", 0) >= times);
  }
}

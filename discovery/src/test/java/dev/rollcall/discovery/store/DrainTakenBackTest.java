package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An instance thinks better of it while the proxies are read that its drain would wait for. */
class DrainTakenBackTest extends StoreCase {

  private final SlowProxies slow = new SlowProxies(memory.store());
  private final StoredRegistry registry = over(slow);

  @AfterEach
  void close() {
    Await.result(registry.close());
  }

  @Test
  void aDrainEndsWhenItsInstanceResumes() {
    Lease lease =
        registry.register(
            Registration.of("web", "one", 80).withHost("10.0.0.7"), () -> new Load(0, -1));
    Await.result(lease.registered());
    Future<Boolean> drained = lease.drain(Duration.ofMinutes(1));
    Await.result(slow.asked.future());
    Instance resumed = Await.result(lease.resume());
    slow.answer.complete();
    assertThat(Await.result(drained)).isFalse();
    Instance again = Await.result(lease.resume());
    assertThat(again.state()).isEqualTo(InstanceState.UP);
    assertThat(again.seq()).as("it never said that it drains").isEqualTo(resumed.seq());
  }

  private static final class SlowProxies extends StoreInFront {

    private final Promise<Void> asked = Promise.promise();
    private final Promise<Void> answer = Promise.promise();

    SlowProxies(Store store) {
      super(store);
    }

    @Override
    public Future<Map<String, String>> readAll(RollMap map) {
      if (map != RollMap.PROXIES) {
        return super.readAll(map);
      }
      asked.tryComplete();
      return answer.future().compose(now -> super.readAll(map));
    }
  }
}

package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredRegistryTest extends StoreCase {

  private final StoredRegistry registry = over(memory.store());

  @AfterEach
  void close() {
    Await.result(registry.close());
  }

  /** An application may deploy and undeploy what registers for as long as it runs. */
  @Test
  void keepsNothingOfThoseThatHaveLeft() {
    for (int i = 0; i < 3; i++) {
      Lease lease =
          registry.register(
              Registration.of("web", "one", 80).withHost("10.0.0.7"), () -> new Load(0, -1));
      Await.result(lease.registered());
      assertThat(registry.leases()).isOne();
      Await.result(lease.leave(Duration.ofMinutes(1)));
      assertThat(registry.leases()).isZero();
    }
  }
}

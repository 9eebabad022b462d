package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.memory.InMemoryRegistry;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;

/** A store in memory, and registries over it or over what a test puts in front of it. */
abstract class StoreCase {

  protected final Vertx vertx = Vertx.vertx();
  protected final InMemoryRegistry memory = new InMemoryRegistry(vertx);

  protected StoredRegistry over(Store store) {
    return over(store, Pace.DEFAULT);
  }

  protected StoredRegistry over(Store store, Pace pace) {
    return new StoredRegistry(
        vertx, store, Signature.NONE, pace, System::nanoTime, Ids::instance, Ids.epochs());
  }

  @AfterEach
  void closeStore() {
    Await.result(memory.close());
    Await.result(vertx.close());
  }
}

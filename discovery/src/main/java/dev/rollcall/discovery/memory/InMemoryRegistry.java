package dev.rollcall.discovery.memory;

import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.store.ForwardingRegistry;
import dev.rollcall.discovery.store.Ids;
import dev.rollcall.discovery.store.Pace;
import dev.rollcall.discovery.store.StoredRegistry;
import io.vertx.core.Vertx;

/**
 * A registry in this process's memory. Whoever shares the object shares the roll; {@link #store()}
 * makes it fail in the ways a shared registry can.
 */
public final class InMemoryRegistry extends ForwardingRegistry {

  private final InMemoryStore store;

  public InMemoryRegistry(Vertx vertx) {
    this(vertx, Pace.DEFAULT);
  }

  public InMemoryRegistry(Vertx vertx, Pace pace) {
    this(vertx, new InMemoryStore(vertx), pace);
  }

  private InMemoryRegistry(Vertx vertx, InMemoryStore store, Pace pace) {
    super(
        new StoredRegistry(
            vertx, store, Signature.NONE, pace, System::nanoTime, Ids::instance, Ids.epochs()));
    this.store = store;
  }

  /** What the registry is kept in. */
  public InMemoryStore store() {
    return store;
  }

  /** Another registry over the same store, as another process would have it. */
  public InMemoryRegistry another(Vertx vertx) {
    return new InMemoryRegistry(vertx, store, Pace.DEFAULT);
  }
}

package dev.rollcall.discovery.memory;

import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.Subscription;
import dev.rollcall.discovery.store.Ids;
import dev.rollcall.discovery.store.Pace;
import dev.rollcall.discovery.store.StoredRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * A registry in this process's memory. Whoever shares the object shares the roll; {@link #store()}
 * makes it fail in the ways a shared registry can.
 */
public final class InMemoryRegistry implements Registry {

  private final InMemoryStore store;
  private final Registry registry;

  public InMemoryRegistry(Vertx vertx) {
    this(vertx, Pace.DEFAULT);
  }

  public InMemoryRegistry(Vertx vertx, Pace pace) {
    this(vertx, new InMemoryStore(vertx), pace);
  }

  private InMemoryRegistry(Vertx vertx, InMemoryStore store, Pace pace) {
    this.store = store;
    this.registry =
        new StoredRegistry(
            vertx, store, Signature.NONE, pace, System::nanoTime, Ids::instance, Ids.epochs());
  }

  /** What the registry is kept in. */
  public InMemoryStore store() {
    return store;
  }

  /** Another registry over the same store, as another process would have it. */
  public InMemoryRegistry another(Vertx vertx) {
    return new InMemoryRegistry(vertx, store, Pace.DEFAULT);
  }

  @Override
  public Lease register(Registration registration, Supplier<Load> load) {
    return registry.register(registration, load);
  }

  @Override
  public Subscription watch(Handler<InstanceChange> handler) {
    return registry.watch(handler);
  }

  @Override
  public ProxySeat seat(String proxyId, String address, String version) {
    return registry.seat(proxyId, address, version);
  }

  @Override
  public Future<Void> override(String instanceId, InstanceOverride override) {
    return registry.override(instanceId, override);
  }

  @Override
  public Registrar registrar(int most) {
    return registry.registrar(most);
  }

  @Override
  public boolean inDoubt(String instanceId) {
    return registry.inDoubt(instanceId);
  }

  @Override
  public Future<Void> close() {
    return registry.close();
  }
}

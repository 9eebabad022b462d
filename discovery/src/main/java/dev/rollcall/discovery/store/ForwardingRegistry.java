package dev.rollcall.discovery.store;

import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.function.Supplier;

/** A registry that is another one by a name of its own. Any thread. */
public abstract class ForwardingRegistry implements Registry {

  private final Registry registry;

  protected ForwardingRegistry(Registry registry) {
    this.registry = registry;
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

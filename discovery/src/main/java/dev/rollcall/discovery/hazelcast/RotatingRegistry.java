package dev.rollcall.discovery.hazelcast;

import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Subscription;
import dev.rollcall.discovery.store.StoredRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An instance's registry while secrets are rotated. The cluster's effective name follows the
 * secret, so members with the new secret and members with the old one are two clusters; the
 * instance is on the roll of both, and proxies can be restarted with the new secret one at a time.
 */
final class RotatingRegistry implements Registry {

  private final StoredRegistry now;
  private final StoredRegistry before;
  private final UnaryOperator<String> ids;

  RotatingRegistry(StoredRegistry now, StoredRegistry before, UnaryOperator<String> ids) {
    this.now = now;
    this.before = before;
    this.ids = ids;
  }

  @Override
  public Lease register(Registration registration, Supplier<Load> load) {
    // One id, because it is what a probe asks the instance for.
    String id = ids.apply(registration.name());
    return new RotatingLease(
        now.register(id, registration, load), before.register(id, registration, load));
  }

  /** Hears the members with the new secret only. */
  @Override
  public Subscription watch(Handler<InstanceChange> handler) {
    return now.watch(handler);
  }

  /** With the members that have the new secret. */
  @Override
  public ProxySeat seat(String proxyId, String address, String version) {
    return now.seat(proxyId, address, version);
  }

  @Override
  public Future<Void> override(String instanceId, InstanceOverride override) {
    return Future.any(now.override(instanceId, override), before.override(instanceId, override))
        .mapEmpty();
  }

  /** With the members that have the new secret. */
  @Override
  public Registrar registrar(int most) {
    return now.registrar(most);
  }

  @Override
  public boolean inDoubt(String instanceId) {
    return now.inDoubt(instanceId);
  }

  @Override
  public Future<Void> close() {
    return Future.join(now.close(), before.close()).mapEmpty();
  }
}

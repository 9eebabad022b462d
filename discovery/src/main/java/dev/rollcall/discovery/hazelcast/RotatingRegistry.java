package dev.rollcall.discovery.hazelcast;

import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.store.ForwardingRegistry;
import dev.rollcall.discovery.store.StoredRegistry;
import io.vertx.core.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An instance's registry while secrets are rotated. The cluster's effective name follows the
 * secret, so members with the new secret and members with the old one are two clusters; the
 * instance is on the roll of both, and proxies can be restarted with the new secret one at a time.
 * Everything else concerns the members with the new secret only.
 */
final class RotatingRegistry extends ForwardingRegistry {

  private final StoredRegistry now;
  private final StoredRegistry before;
  private final UnaryOperator<String> ids;

  RotatingRegistry(StoredRegistry now, StoredRegistry before, UnaryOperator<String> ids) {
    super(now);
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

  @Override
  public Future<Void> override(String instanceId, InstanceOverride override) {
    return Future.any(now.override(instanceId, override), before.override(instanceId, override))
        .mapEmpty();
  }

  @Override
  public Future<Void> close() {
    return Future.join(now.close(), before.close()).mapEmpty();
  }
}

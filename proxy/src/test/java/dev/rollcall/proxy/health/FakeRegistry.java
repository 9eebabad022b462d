package dev.rollcall.proxy.health;

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

/** A registry that only says whether it is in doubt. */
final class FakeRegistry implements Registry {

  boolean doubt;

  @Override
  public boolean inDoubt(String instanceId) {
    return doubt;
  }

  @Override
  public Lease register(Registration registration, Supplier<Load> load) {
    throw new UnsupportedOperationException("nobody registers here");
  }

  @Override
  public Subscription watch(Handler<InstanceChange> handler) {
    throw new UnsupportedOperationException("nobody watches here");
  }

  @Override
  public ProxySeat seat(String proxyId, String address, String version) {
    throw new UnsupportedOperationException("nobody sits here");
  }

  @Override
  public Future<Void> override(String instanceId, InstanceOverride override) {
    throw new UnsupportedOperationException("nobody wishes here");
  }

  @Override
  public Registrar registrar(int most) {
    throw new UnsupportedOperationException("nobody is registered here");
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}

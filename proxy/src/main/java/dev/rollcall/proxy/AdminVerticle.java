package dev.rollcall.proxy;

import dev.rollcall.proxy.admin.AdminOptions;
import dev.rollcall.proxy.admin.AdminParts;
import dev.rollcall.proxy.admin.AdminPort;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * Dashboard, API, metrics and health. Deploy one, on the control plane's Vertx: its single event
 * loop is the thread that the roll is read on.
 */
public final class AdminVerticle extends VerticleBase {

  private final AdminOptions options;
  private final AdminParts parts;
  private @Nullable AdminPort admin;
  private volatile int port;

  public AdminVerticle(AdminOptions options, AdminParts parts) {
    this.options = options;
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    AdminPort opened = new AdminPort(vertx, options, parts);
    admin = opened;
    return opened.start().onSuccess(bound -> port = bound);
  }

  /** The bound port, once deployed. */
  public int port() {
    return port;
  }

  @Override
  public Future<?> stop() {
    return admin == null ? Future.succeededFuture() : admin.stop();
  }
}

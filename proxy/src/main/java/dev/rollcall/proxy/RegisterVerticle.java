package dev.rollcall.proxy;

import dev.rollcall.proxy.register.RegisterOptions;
import dev.rollcall.proxy.register.RegisterPort;
import dev.rollcall.proxy.register.RegisterRoutes;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/** Registration over HTTP on its own port. Deploy one, on the control plane's Vertx. */
final class RegisterVerticle extends VerticleBase {

  private final RegisterOptions options;
  private final int asked;
  private final RegisterRoutes routes;
  private @Nullable RegisterPort open;
  private volatile int port;

  /**
   * @param asked the port to bind, 0 for any free one
   */
  RegisterVerticle(RegisterOptions options, int asked, RegisterRoutes routes) {
    this.options = options;
    this.asked = asked;
    this.routes = routes;
  }

  @Override
  public Future<?> start() {
    RegisterPort opened =
        new RegisterPort(vertx, options.host(), asked, options.token(), routes, System::nanoTime);
    open = opened;
    return opened.start().onSuccess(bound -> port = bound);
  }

  /** The bound port, once deployed. */
  int port() {
    return port;
  }

  @Override
  public Future<?> stop() {
    return open == null ? Future.succeededFuture() : open.stop();
  }
}

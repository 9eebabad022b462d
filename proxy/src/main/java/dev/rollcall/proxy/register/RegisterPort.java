package dev.rollcall.proxy.register;

import dev.rollcall.discovery.settings.Secret;
import dev.rollcall.proxy.admin.AdminProblem;
import dev.rollcall.proxy.admin.AdminTokens;
import dev.rollcall.proxy.admin.FailedTokens;
import dev.rollcall.proxy.admin.SecurityHeaders;
import dev.rollcall.proxy.admin.TokenCheck;
import dev.rollcall.proxy.admin.UnknownRequests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Registration on a port of its own, so that it can be opened where the admin port must not be. It
 * answers nobody without the token, so it needn't care under which name it is called. Control
 * thread.
 */
public final class RegisterPort {

  private static final int IDLE_SECONDS = 75;

  /** More connections at a time are closed at once: a stranger's cost nothing else. */
  static final int MOST_CONNECTIONS = 2048;

  private final Vertx vertx;
  private final String host;
  private final int port;
  private final TokenCheck door;
  private final RegisterRoutes routes;
  private @Nullable HttpServer listening;
  private int connections;

  /**
   * @param nanoClock monotonic
   */
  public RegisterPort(
      Vertx vertx,
      String host,
      int port,
      @Nullable Secret token,
      RegisterRoutes routes,
      LongSupplier nanoClock) {
    this.vertx = vertx;
    this.host = host;
    this.port = port;
    this.door =
        new TokenCheck("register.token", AdminTokens.of(token), new FailedTokens(nanoClock));
    this.routes = routes;
  }

  /**
   * Binds and begins to answer.
   *
   * @return the bound port; fails with {@link java.net.BindException} when it is taken
   */
  public Future<Integer> start() {
    HttpServer server =
        vertx
            .createHttpServer(limits())
            .connectionHandler(this::connected)
            .requestHandler(router());
    listening = server;
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  /** Stops answering at once. */
  public Future<Void> stop() {
    return listening == null ? Future.succeededFuture() : listening.close();
  }

  private void connected(HttpConnection connection) {
    connections++;
    connection.closeHandler(closed -> connections--);
    if (connections > MOST_CONNECTIONS) {
      connection.close();
    }
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(new SecurityHeaders());
    routes.mount(router, door);
    UnknownRequests.answer(router);
    router.errorHandler(
        500, request -> new AdminProblem(500, "this is a fault of the proxy").answer(request));
    return router;
  }

  private static HttpServerOptions limits() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(4 * 1024)
        .setMaxHeaderSize(8 * 1024)
        .setIdleTimeout(IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setHttp2ClearTextEnabled(false);
  }
}

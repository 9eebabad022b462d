package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.CertificateWatch;
import dev.rollcall.proxy.forward.client.FilteredTransport;
import dev.rollcall.proxy.forward.client.Http2Check;
import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.forward.message.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.proxy.handler.ProxyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The traffic plane of one event loop: listens, checks at the edge, and mounts the engine in a
 * vertx-web Router. Made and used on the context of its verticle.
 */
public final class Forwarder {

  private static final int CHUNK = 64 * 1024;

  private final Vertx vertx;
  private final ForwardContext context;
  private final TrafficLoop loop;
  private final Engine engine;
  private final Http2Check http2;
  private final List<HttpServer> listening = new ArrayList<>();

  /**
   * @param number the traffic loop's number, from 0
   */
  public Forwarder(int number, Vertx vertx, ForwardContext context) {
    this.vertx = vertx;
    this.context = context;
    ContextInternal here = (ContextInternal) vertx.getOrCreateContext();
    this.loop = new TrafficLoop(number, vertx, here.nettyEventLoop(), context);
    this.engine = new Engine(loop);
    this.http2 = new Http2Check(() -> context.options().limits());
  }

  /** Begins to watch the roll and the clock. */
  public void start() {
    FilteredTransport.hold(vertx, context);
    loop.start();
  }

  /**
   * Listens; the future has the bound port. Several loops may listen on one port, they share its
   * connections.
   */
  public Future<Integer> listen(Listener listener) {
    HttpServer server = vertx.createHttpServer(options(listener));
    listening.add(server);
    Router router = Router.router(vertx);
    router.route().handler(ProxyHandler.create(engine));
    return server
        .connectionHandler(
            client -> loop.clients().accept(client, listener.h2c(), this::serveHttp2))
        .invalidRequestHandler(engine::handleInvalid)
        .exceptionHandler(failure -> {})
        .requestHandler(router)
        .listen()
        .onSuccess(open -> watchCertificates(listener, open))
        .map(HttpServer::actualPort);
  }

  private void watchCertificates(Listener listener, HttpServer server) {
    if (listener.tls() != null) {
      new CertificateWatch(vertx, listener.tls(), server).start();
    }
  }

  /** Not by the Router, which knows only requests that Vert.x has made itself. */
  private void serveHttp2(HttpServerRequest request) {
    Refusal refusal = http2.check(request);
    if (refusal != null) {
      engine.refuse(request, refusal);
    } else {
      engine.handle(request);
    }
  }

  /**
   * Stops accepting, lets requests under way finish for at most {@code limit}, then closes what is
   * left.
   */
  public Future<Void> stop(Duration limit) {
    loop.stopping();
    return Future.join(
            listening.stream()
                .map(server -> server.shutdown(limit.toMillis(), TimeUnit.MILLISECONDS))
                .toList())
        .eventually(
            () -> {
              loop.close();
              return Future.succeededFuture();
            })
        .mapEmpty();
  }

  private HttpServerOptions options(Listener listener) {
    Limits limits = context.options().limits();
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(listener.host())
            .setPort(listener.port())
            .setStrictThreadMode(true)
            .setHttp2ClearTextEnabled(false)
            .setMaxInitialLineLength(limits.lineSize())
            .setMaxHeaderSize(limits.headerSize())
            .setMaxChunkSize(CHUNK)
            .setTcpNoDelay(true)
            .setAcceptBacklog(4096)
            // Tunnels are passed on as bytes. Netty's handler of these would look at each request,
            // and end a connection with more than 128 pipelined ones.
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false);
    return listener.tls() == null ? options : listener.tls().secure(options);
  }
}

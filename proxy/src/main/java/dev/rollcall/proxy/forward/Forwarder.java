package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.CertificateWatch;
import dev.rollcall.proxy.forward.client.ClientConnections;
import dev.rollcall.proxy.forward.client.FilteredTransport;
import dev.rollcall.proxy.forward.client.Http2Check;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
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

  private final Vertx vertx;
  private final ForwardContext context;
  private final TrafficLoop loop;
  private final OwnAnswers own;
  private final Engine engine;
  private final Http2Check http2;
  private final ClientConnections clients;
  private final List<NetServer> listening = new ArrayList<>();

  /**
   * @param number the traffic loop's number, from 0
   */
  public Forwarder(int number, Vertx vertx, ForwardContext context) {
    this.vertx = vertx;
    this.context = context;
    ContextInternal here = (ContextInternal) vertx.getOrCreateContext();
    this.loop = new TrafficLoop(number, vertx, here.nettyEventLoop(), context);
    this.own = new OwnAnswers(loop);
    this.engine = new Engine(loop, own);
    this.http2 = new Http2Check(context::limits);
    Router router = Router.router(vertx);
    router.route().handler(ProxyHandler.create(engine));
    this.clients =
        new ClientConnections(context, loop.faults(), router, this::serveHttp2, own::refuse);
  }

  /** Begins to watch the roll and the clock. */
  public void start() {
    FilteredTransport.hold(vertx, context);
    loop.start(clients::check);
  }

  /**
   * Listens; the future has the bound port. Several loops may listen on one port, they share its
   * connections.
   */
  public Future<Integer> listen(Listener listener) {
    NetServer server = vertx.createNetServer(options(listener));
    listening.add(server);
    return server
        .connectHandler(
            socket -> accept(((NetSocketInternal) socket).channelHandlerContext(), listener))
        // Told of those who never became clients, a failed TLS handshake mostly: no news.
        .exceptionHandler(failure -> {})
        .listen()
        .onSuccess(open -> watchCertificates(listener, open))
        .map(NetServer::actualPort);
  }

  /** What Vert.x has made of a connection is taken off: all that it is for is ours. */
  private void accept(ChannelHandlerContext socket, Listener listener) {
    ChannelPipeline pipeline = socket.pipeline();
    if (pipeline.get(ChunkedWriteHandler.class) != null) {
      pipeline.remove(ChunkedWriteHandler.class);
    }
    clients.accept(socket.channel(), listener.h2c());
    pipeline.remove(socket.handler());
  }

  /** Not by the Router, which would cost each stream what it has no use for. */
  private void serveHttp2(InboundRequest request) {
    Refusal refusal = http2.check(request);
    if (refusal != null) {
      own.refuse(request, refusal);
    } else {
      engine.serve(request);
    }
  }

  private void watchCertificates(Listener listener, NetServer server) {
    if (listener.tls() != null) {
      new CertificateWatch(vertx, listener.tls(), server).start();
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

  private static NetServerOptions options(Listener listener) {
    NetServerOptions options =
        new NetServerOptions()
            .setHost(listener.host())
            .setPort(listener.port())
            .setTcpNoDelay(true)
            .setAcceptBacklog(4096);
    return listener.tls() == null ? options : listener.tls().secure(options);
  }
}

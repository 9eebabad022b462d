package dev.rollcall.proxy.forward.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Locale;

/**
 * One HTTP/2 connection to an upstream: Vert.x's client, and Netty's codec beneath it for what that
 * client has no way to say. Traffic loop only.
 */
final class Http2Connection {

  private final HttpClientConnection connection;
  private final HttpConnection beneath;
  private final ChannelHandlerContext codec;

  Http2Connection(HttpClientConnection connection) {
    this.connection = connection;
    // What connect() gives is a wrapper; the connection itself comes back from its setters.
    this.beneath = connection.closeHandler(null);
    this.codec =
        ((ConnectionBase) beneath).channel().pipeline().context(Http2ConnectionHandler.class);
    Http2Interims.install(handler());
  }

  private Http2ConnectionHandler handler() {
    return (Http2ConnectionHandler) codec.handler();
  }

  /** Called once it is closed, or takes no more requests (GOAWAY, RFC 9113 §6.8). */
  void onEnd(Runnable end) {
    beneath.closeHandler(v -> end.run());
    // Also when a GOAWAY comes. Its own handler would get a copy that nobody can release.
    beneath.shutdownHandler(v -> end.run());
  }

  /** A GOAWAY has come that promises never to have looked at this stream. */
  boolean isUnprocessed(int stream) {
    io.netty.handler.codec.http2.Http2Connection streams = handler().connection();
    return streams.goAwayReceived() && stream > streams.local().lastStreamKnownByPeer();
  }

  /** Fewer streams than the upstream allows. */
  boolean hasRoom() {
    return connection.activeStreams() < connection.maxActiveStreams();
  }

  /** Opens a stream for a request. */
  void open(UpstreamPool.Borrower borrower, boolean reused) {
    connection
        .request(new RequestOptions().setMethod(HttpMethod.GET).setURI("/"))
        .onComplete(
            request -> new Http2Stream(this, request, borrower, reused).offer(),
            closed ->
                borrower.failed(new ForwardFailure.NotProcessed("HTTP/2: " + closed.getMessage())));
  }

  /** Ends a request, all of whose body has been written, with trailers (RFC 9113 §8.1). */
  void end(HttpClientRequest request, HttpHeaders trailers) {
    Http2Headers fields = new DefaultHttp2Headers();
    trailers.forEach(
        field -> fields.add(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
    handler()
        .encoder()
        .writeHeaders(codec, request.streamId(), fields, 0, true, codec.newPromise());
    codec.flush();
  }

  /** Runs on the loop once what was read together has been told. */
  void soon(Runnable task) {
    codec.executor().execute(task);
  }

  /** Closes it when its streams have ended. */
  void shutdown() {
    connection.shutdown();
  }
}

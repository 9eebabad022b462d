package dev.rollcall.proxy.forward.http1;

import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.message.TargetPath;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.HostAndPort;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of an HTTP/1 connection, as Vert.x' interface shows requests. Traffic loop only. */
public final class Http1Request extends InboundRequest {

  private final Http1ClientConnection connection;
  private final HttpMethod method;
  private final String uri;
  private final HttpVersion version;
  private final HeadersMultiMap headers;
  private final Http1Response response;
  private @Nullable Consumer<ByteBuf> parts;
  private @Nullable Handler<Void> onEnd;
  private @Nullable HttpHeaders trailers;
  private boolean ended;

  /**
   * @param http10 it is of HTTP/1.0
   * @param last the connection ends after its answer
   */
  Http1Request(Http1ClientConnection connection, HttpRequest head, boolean http10, boolean last) {
    this.connection = connection;
    this.method = HttpMethod.valueOf(head.method().name());
    this.uri = head.uri();
    this.version = http10 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
    this.headers =
        head.headers() instanceof HeadersMultiMap fields ? fields : HeadersMultiMap.httpHeaders();
    this.response = new Http1Response(connection, http10, method == HttpMethod.HEAD, last);
  }

  /** A part of the body; takes over the reference. */
  void part(ByteBuf part) {
    if (parts == null) {
      part.release();
    } else {
      parts.accept(part);
    }
  }

  /** The body is whole. */
  void end(HttpHeaders trailing) {
    ended = true;
    trailers = trailing.isEmpty() ? null : trailing;
    if (onEnd != null) {
      onEnd.handle(null);
    }
  }

  /** The connection is closed, or what comes over it can't be understood. */
  void fail(Throwable why) {
    failed(why);
  }

  @Override
  public void body(Consumer<ByteBuf> to) {
    parts = to;
  }

  @Override
  public HttpServerRequest handler(@Nullable Handler<Buffer> handler) {
    parts = handler == null ? null : part -> handler.handle(BufferInternal.buffer(part));
    return this;
  }

  @Override
  public HttpServerRequest endHandler(@Nullable Handler<Void> handler) {
    onEnd = handler;
    return this;
  }

  /** What has been read still comes. */
  @Override
  public HttpServerRequest pause() {
    connection.reading().pause();
    return this;
  }

  @Override
  public HttpServerRequest resume() {
    connection.reading().resume();
    return this;
  }

  @Override
  public boolean isEnded() {
    return ended;
  }

  @Override
  public @Nullable HttpHeaders trailers() {
    return trailers;
  }

  @Override
  public HttpVersion version() {
    return version;
  }

  @Override
  public HttpMethod method() {
    return method;
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public String path() {
    return TargetPath.raw(uri);
  }

  @Override
  public String scheme() {
    return isSSL() ? "https" : "http";
  }

  @Override
  public @Nullable HostAndPort authority() {
    String host = headers.get(HttpHeaderNames.HOST);
    return host == null ? null : HostAndPort.parseAuthority(host, -1);
  }

  /** The edge has looked at it. */
  @Override
  public boolean isValidAuthority() {
    return true;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public ClientLink connection() {
    return connection.link();
  }

  @Override
  public Http1Response response() {
    return response;
  }
}

package dev.rollcall.proxy.forward.http2;

import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.http.LeftOver;
import dev.rollcall.proxy.forward.message.FieldRules;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.Http2HeadersAdaptor;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.HostAndPort;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of an HTTP/2 connection, as Vert.x' interface shows requests. Traffic loop only. */
public final class Http2Request extends InboundRequest {

  private final ClientLink connection;
  private final HttpMethod method;
  private final @Nullable String uri;
  private final String scheme;
  private final @Nullable HostAndPort authority;
  private final MultiMap headers;
  private final InboundBody body;
  private final Http2Response response;
  private long lingersSince;
  private long dropped;

  private Http2Request(
      ClientLink connection,
      HttpMethod method,
      @Nullable String uri,
      String scheme,
      @Nullable HostAndPort authority,
      MultiMap headers,
      InboundBody body,
      Http2Response response) {
    this.connection = connection;
    this.method = method;
    this.uri = uri;
    this.scheme = scheme;
    this.authority = authority;
    this.headers = headers;
    this.body = body;
    this.response = response;
  }

  /**
   * Of a stream's first header, or null when that is malformed (RFC 9113 §8.3.1): Netty has judged
   * the fields one by one, here they must fit each other.
   *
   * @param end no body follows
   */
  static @Nullable Http2Request of(
      ClientLink connection,
      Http2ClientConnection frames,
      Http2Stream stream,
      Http2Headers fields,
      boolean end) {
    String method = text(fields.getAndRemove(PseudoHeaderName.METHOD.value()));
    String scheme = text(fields.getAndRemove(PseudoHeaderName.SCHEME.value()));
    String path = text(fields.getAndRemove(PseudoHeaderName.PATH.value()));
    String named = text(fields.getAndRemove(PseudoHeaderName.AUTHORITY.value()));
    String host = text(fields.get(HttpHeaderNames.HOST));
    Http2Authority authority = frames.requests().authority(named == null ? host : named);
    boolean misnamed = (named != null || host != null) && authority == null;
    boolean divided =
        named != null && host != null && authority != null && !authority.isSame(host, scheme);
    if (method == null || !FieldRules.isToken(method) || misnamed || divided) {
      return null;
    }
    boolean connect = method.equals("CONNECT");
    boolean complete = scheme != null && path != null && !path.isEmpty();
    if (connect ? scheme != null || path != null || authority == null : !complete) {
      return null;
    }
    HttpMethod known = HttpMethod.valueOf(method);
    return new Http2Request(
        connection,
        known,
        path,
        String.valueOf(scheme),
        authority,
        new Http2HeadersAdaptor(fields),
        new InboundBody(frames, stream, end),
        new Http2Response(frames, stream, known == HttpMethod.HEAD));
  }

  private static @Nullable String text(@Nullable CharSequence value) {
    return value == null ? null : value.toString();
  }

  InboundBody inbound() {
    return body;
  }

  /** True while more of the body may come. */
  public boolean isReceiving() {
    return !body.isWhole();
  }

  /** For how long nothing has moved, counted from the first time that somebody asked. */
  long lingers(long now) {
    if (lingersSince == 0) {
      lingersSince = now;
    }
    return now - lingersSince;
  }

  /** Some more has come of what nobody wants since it has its answer; true: too much in all. */
  boolean isTooMuchLeft(int bytes) {
    dropped += bytes;
    return LeftOver.isTooMuch(dropped);
  }

  /** A part of the answer has gone out. */
  void moved() {
    lingersSince = 0;
  }

  @Override
  public void body(Consumer<ByteBuf> parts) {
    body.onData(part -> parts.accept(((BufferInternal) part).getByteBuf()));
  }

  @Override
  public @Nullable HttpHeaders trailers() {
    return body.trailers();
  }

  /** The stream is closed, whoever did it: nothing more comes, and nothing more can be sent. */
  void closed() {
    body.discard();
    response.clientGone();
    failed(Http2Response.CLOSED);
  }

  @Override
  public HttpServerRequest handler(@Nullable Handler<Buffer> handler) {
    body.onData(handler);
    return this;
  }

  @Override
  public HttpServerRequest endHandler(@Nullable Handler<Void> handler) {
    body.onEnd(handler);
    return this;
  }

  @Override
  public HttpServerRequest pause() {
    body.pause();
    return this;
  }

  @Override
  public HttpServerRequest resume() {
    body.resume();
    return this;
  }

  @Override
  public boolean isEnded() {
    return body.isEnded();
  }

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_2;
  }

  @Override
  public HttpMethod method() {
    return method;
  }

  @Override
  public @Nullable String uri() {
    return uri;
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public @Nullable HostAndPort authority() {
    return authority;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public ClientLink connection() {
    return connection;
  }

  @Override
  public Http2Response response() {
    return response;
  }
}

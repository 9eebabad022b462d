package dev.rollcall.proxy.forward.http2;

import dev.rollcall.proxy.forward.http.InboundResponse;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.jspecify.annotations.Nullable;

/** What answers a request of an HTTP/2 connection: frames of its stream. Traffic loop only. */
public final class Http2Response extends InboundResponse {

  static final HttpClosedException CLOSED = new HttpClosedException("stream closed");

  private final Http2ClientConnection connection;
  private final Http2Stream stream;
  private final boolean answersHead;

  Http2Response(Http2ClientConnection connection, Http2Stream stream, boolean answersHead) {
    super(CLOSED);
    this.connection = connection;
    this.stream = stream;
    this.answersHead = answersHead;
  }

  @Override
  protected boolean begin(int length, boolean end) {
    int status = getStatusCode();
    if (status == 204) {
      headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    } else if (status == 205) {
      headers().set(HttpHeaderNames.CONTENT_LENGTH, "0");
    } else if (length >= 0 && !answersHead && status != 304) {
      measure(length);
    }
    connection.responses().head(stream, status, headers(), end);
    return end;
  }

  private void measure(int length) {
    if (!headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      headers().set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length));
    }
  }

  @Override
  protected void inform(int informational, HeadersMultiMap fields) {
    connection.responses().head(stream, informational, fields, false);
  }

  @Override
  protected void body(ByteBuf part) {
    connection.responses().body(stream, part, false);
  }

  @Override
  protected void finish(ByteBuf last, @Nullable HeadersMultiMap fields) {
    connection.responses().body(stream, last, fields == null);
    if (fields != null) {
      connection.responses().trailers(stream, fields);
    }
  }

  @Override
  protected void flush() {
    connection.responses().flushSoon();
  }

  @Override
  public void cut() {
    reset(Http2Error.INTERNAL_ERROR.code());
  }

  /** A connection carries many. */
  @Override
  public void last() {}

  @Override
  public Future<Void> reset(long code) {
    if (!closed()) {
      abandon();
      connection.responses().reset(stream, code);
      connection.responses().flushSoon();
    }
    return Future.succeededFuture();
  }

  @Override
  public int streamId() {
    return stream.id();
  }

  @Override
  public boolean writeQueueFull() {
    return !connection.encoder().flowController().isWritable(stream);
  }
}

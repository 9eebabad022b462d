package dev.rollcall.proxy.forward.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

/**
 * What answers a request of an HTTP/2 connection, as Vert.x' interface shows responses. What is
 * written after the stream has closed is forgotten. Futures are completed at once: who writes asks
 * {@link #writeQueueFull}. Traffic loop only.
 */
public final class Http2Response extends UnaskedResponse {

  static final HttpClosedException CLOSED = new HttpClosedException("stream closed");

  private final Http2ClientConnection connection;
  private final Http2Stream stream;
  private final boolean answersHead;
  private final HeadersMultiMap headers = HeadersMultiMap.httpHeaders();
  private @Nullable HeadersMultiMap trailers;
  private @Nullable Handler<Throwable> onFailure;
  private @Nullable Handler<Void> onClose;
  private @Nullable Handler<Void> onDrain;
  private int status = 200;
  private boolean begun;
  private boolean ended;
  private boolean closed;

  Http2Response(Http2ClientConnection connection, Http2Stream stream, boolean answersHead) {
    this.connection = connection;
    this.stream = stream;
    this.answersHead = answersHead;
  }

  @Override
  public int getStatusCode() {
    return status;
  }

  @Override
  public HttpServerResponse setStatusCode(int code) {
    status = code;
    return this;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public MultiMap trailers() {
    if (trailers == null) {
      trailers = HeadersMultiMap.httpHeaders();
    }
    return trailers;
  }

  @Override
  public Future<Void> writeHead() {
    if (!begun && !isOver()) {
      begin(false);
      connection.flushSoon();
    }
    return DONE;
  }

  @Override
  public Future<Void> write(Buffer part) {
    send(((BufferInternal) part).getByteBuf());
    return DONE;
  }

  /** Sends a part of the body, and releases it. */
  public void send(ByteBuf part) {
    if (isOver()) {
      part.release();
      return;
    }
    if (!begun) {
      begin(false);
    }
    connection.responses().body(stream, part, false);
    connection.flushSoon();
  }

  @Override
  public Future<Void> end() {
    endWith(Unpooled.EMPTY_BUFFER);
    return DONE;
  }

  @Override
  public Future<Void> end(Buffer last) {
    endWith(((BufferInternal) last).getByteBuf());
    return DONE;
  }

  @Override
  public Future<Void> end(String last) {
    return end(Buffer.buffer(last));
  }

  /** Sends the last part of the body, and releases it. */
  public void endWith(ByteBuf last) {
    if (isOver()) {
      last.release();
      return;
    }
    ended = true;
    boolean bare = !last.isReadable() && trailers == null;
    boolean whole = !begun && bare;
    if (!begun) {
      measure(last.readableBytes());
      begin(whole);
    }
    if (whole) {
      last.release();
    } else if (trailers == null) {
      connection.responses().body(stream, last, true);
    } else {
      connection.responses().body(stream, last, false);
      connection.responses().trailers(stream, trailers);
    }
    connection.flushSoon();
  }

  private void measure(int length) {
    if (!answersHead && status != 304 && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length));
    }
  }

  private void begin(boolean end) {
    begun = true;
    if (status == 204) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    } else if (status == 205) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, "0");
    }
    connection.responses().head(stream, status, headers, end);
  }

  @Override
  public Future<Void> writeContinue() {
    return inform(100, HeadersMultiMap.httpHeaders());
  }

  @Override
  public Future<Void> writeEarlyHints(MultiMap hints) {
    return inform(103, HeadersMultiMap.httpHeaders().addAll(hints));
  }

  private Future<Void> inform(int informational, HeadersMultiMap fields) {
    if (!begun && !isOver()) {
      connection.responses().head(stream, informational, fields, false);
      connection.flushSoon();
    }
    return DONE;
  }

  @Override
  public Future<Void> reset(long code) {
    if (!closed) {
      ended = true;
      connection.responses().reset(stream, code);
      connection.flushSoon();
    }
    return DONE;
  }

  private boolean isOver() {
    return ended || closed;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public boolean closed() {
    return closed;
  }

  @Override
  public boolean headWritten() {
    return begun;
  }

  @Override
  public int streamId() {
    return stream.id();
  }

  @Override
  public boolean writeQueueFull() {
    return !connection.encoder().flowController().isWritable(stream);
  }

  /** The client can take more again. */
  void writable() {
    if (onDrain != null && !isOver()) {
      onDrain.handle(null);
    }
  }

  /** A close after the end is no news. */
  void streamClosed() {
    closed = true;
    if (!ended) {
      if (onFailure != null) {
        onFailure.handle(CLOSED);
      }
      if (onClose != null) {
        onClose.handle(null);
      }
    }
  }

  @Override
  public HttpServerResponse exceptionHandler(@Nullable Handler<Throwable> handler) {
    onFailure = handler;
    return this;
  }

  @Override
  public HttpServerResponse closeHandler(@Nullable Handler<Void> handler) {
    onClose = handler;
    return this;
  }

  @Override
  public HttpServerResponse drainHandler(@Nullable Handler<Void> handler) {
    onDrain = handler;
    return this;
  }
}

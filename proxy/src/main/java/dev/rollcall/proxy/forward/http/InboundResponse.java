package dev.rollcall.proxy.forward.http;

import io.netty.buffer.ByteBuf;
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
 * What answers an {@link InboundRequest}, as Vert.x' interface shows responses. What is written
 * after the client has gone is forgotten. Futures are completed at once: who writes asks {@link
 * #writeQueueFull}. Traffic loop only.
 */
public abstract class InboundResponse extends UnaskedResponse {

  private static final Future<Void> DONE = Future.succeededFuture();
  private static final HeadersMultiMap NO_FIELDS = HeadersMultiMap.httpHeaders();

  private final HttpClosedException gone;
  private @Nullable HeadersMultiMap headers;
  private @Nullable HeadersMultiMap trailers;
  private @Nullable Handler<Throwable> onFailure;
  private @Nullable Handler<Void> onClose;
  private @Nullable Handler<Void> onDrain;
  private int status = 200;
  private boolean begun;
  private boolean ended;
  private boolean closed;

  /**
   * @param gone is told when the client goes before the end
   */
  protected InboundResponse(HttpClosedException gone) {
    this.gone = gone;
  }

  /**
   * Writes the head.
   *
   * @param length of the whole body if that is known, else negative
   * @param end true when nothing follows: no body, no trailers
   * @return whether the end has been written too
   */
  protected abstract boolean begin(int length, boolean end);

  /** Writes an informational head. */
  protected abstract void inform(int informational, HeadersMultiMap fields);

  /** Writes a part of the body, and releases it. */
  protected abstract void body(ByteBuf part);

  /**
   * Writes the last part of the body, and releases it; then the trailers.
   *
   * @param fields null if there are none
   */
  protected abstract void finish(ByteBuf last, @Nullable HeadersMultiMap fields);

  /** Sends what has been written. */
  protected abstract void flush();

  /** Cuts it off so that nobody can take it for a whole one. */
  public abstract void cut();

  /** The client's connection ends after it, where a connection carries one request at a time. */
  public abstract void last();

  @Override
  public HeadersMultiMap headers() {
    if (headers == null) {
      headers = HeadersMultiMap.httpHeaders();
    }
    return headers;
  }

  /** Takes these fields for its own, in place of those that were set. */
  public void adopt(HeadersMultiMap fields) {
    headers = fields;
  }

  @Override
  public MultiMap trailers() {
    if (trailers == null) {
      trailers = HeadersMultiMap.httpHeaders();
    }
    return trailers;
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
  public Future<Void> writeContinue() {
    return tell(100, NO_FIELDS);
  }

  /** Not to a client that takes nothing: there may be any number of them. */
  @Override
  public Future<Void> writeEarlyHints(MultiMap hints) {
    return writeQueueFull() ? DONE : tell(103, HeadersMultiMap.httpHeaders().addAll(hints));
  }

  private Future<Void> tell(int informational, HeadersMultiMap fields) {
    if (!begun && !isOver()) {
      inform(informational, fields);
      flush();
    }
    return DONE;
  }

  @Override
  public Future<Void> writeHead() {
    if (!begun && !isOver()) {
      begun = true;
      begin(-1, false);
      flush();
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
      begun = true;
      begin(-1, false);
    }
    body(part);
    flush();
  }

  @Override
  public Future<Void> end(Buffer last) {
    endWith(((BufferInternal) last).getByteBuf());
    return DONE;
  }

  /** Sends the last part of the body, which may be empty, and releases it. */
  public void endWith(ByteBuf last) {
    if (isOver()) {
      last.release();
      return;
    }
    ended = true;
    boolean whole = false;
    if (!begun) {
      begun = true;
      whole = begin(last.readableBytes(), !last.isReadable() && trailers == null);
    }
    if (whole) {
      last.release();
    } else {
      finish(last, trailers);
    }
    flush();
    over();
  }

  /** It has been sent whole. */
  protected void over() {}

  /** Nothing more will be sent. */
  protected final void abandon() {
    begun = true;
    ended = true;
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

  /** The client can take more again. */
  public void writable() {
    if (onDrain != null && !isOver()) {
      onDrain.handle(null);
    }
  }

  /** The client has gone; after the end that is no news. */
  public void clientGone() {
    closed = true;
    if (!ended) {
      if (onFailure != null) {
        onFailure.handle(gone);
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

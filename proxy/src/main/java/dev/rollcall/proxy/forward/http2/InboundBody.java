package dev.rollcall.proxy.forward.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.impl.buffer.VertxByteBufAllocator;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as its frames bring it, at the pace of who reads it: what waits keeps the
 * stream's window closed. Traffic loop only.
 */
final class InboundBody {

  /** Small parts that wait are put together up to this: each alone would cost a hundred bytes. */
  private static final int GATHERED = 4 * 1024;

  private final Http2ClientConnection connection;
  private final Http2Stream stream;
  private @Nullable Deque<Buffer> waiting;
  private @Nullable Handler<Buffer> onData;
  private @Nullable Handler<Void> onEnd;
  private @Nullable HttpHeaders trailers;
  private boolean paused;
  private boolean whole;
  private boolean ended;

  /**
   * @param whole no frame will follow
   */
  InboundBody(Http2ClientConnection connection, Http2Stream stream, boolean whole) {
    this.connection = connection;
    this.stream = stream;
    this.whole = whole;
  }

  void onData(@Nullable Handler<Buffer> handler) {
    onData = handler;
  }

  void onEnd(@Nullable Handler<Void> handler) {
    onEnd = handler;
  }

  /** True when the last frame has come. */
  boolean isWhole() {
    return whole;
  }

  /** True when its reader has all of it. */
  boolean isEnded() {
    return ended;
  }

  /** The trailers, if any came; known at the end. */
  @Nullable HttpHeaders trailers() {
    return trailers;
  }

  /** A frame; its bytes are copied, since they may wait long, and be sent more than once. */
  void data(ByteBuf frame) {
    Buffer last = waiting == null ? null : waiting.peekLast();
    if (last != null && last.length() + frame.readableBytes() <= GATHERED) {
      ((BufferInternal) last).appendBuffer(BufferInternal.buffer(frame));
      return;
    }
    ByteBuf copy = VertxByteBufAllocator.DEFAULT.heapBuffer(frame.readableBytes());
    Buffer part = BufferInternal.buffer(copy.writeBytes(frame));
    if (paused || (waiting != null && !waiting.isEmpty())) {
      if (waiting == null) {
        waiting = new ArrayDeque<>();
      }
      waiting.add(part);
    } else {
      give(part);
    }
  }

  private void give(Buffer part) {
    connection.consumed(stream, part.length());
    if (onData != null && part.length() > 0) {
      onData.handle(part);
    }
  }

  /**
   * The last frame has come.
   *
   * @param fields the trailers, or null
   */
  void end(@Nullable Http2Headers fields) {
    whole = true;
    if (fields != null) {
      HeadersMultiMap copy = HeadersMultiMap.httpHeaders();
      fields.forEach(field -> copy.add(field.getKey(), field.getValue()));
      trailers = copy;
    }
    flow();
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    flow();
  }

  private void flow() {
    Buffer part;
    while (!paused && waiting != null && (part = waiting.poll()) != null) {
      give(part);
    }
    if (whole && !paused && !ended) {
      ended = true;
      if (onEnd != null) {
        onEnd.handle(null);
      }
    }
  }

  /** Nobody will read it any more; what waits must not keep the connection's window closed. */
  void discard() {
    onData = null;
    onEnd = null;
    waiting = null;
  }
}

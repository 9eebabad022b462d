package dev.rollcall.proxy.forward.client;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.proxy.forward.gzip.CompressedHead;
import dev.rollcall.proxy.forward.gzip.Compression;
import dev.rollcall.proxy.forward.gzip.Gzip;
import dev.rollcall.proxy.forward.http2.Http2Response;
import dev.rollcall.proxy.forward.message.HttpDate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.buffer.VertxByteBufAllocator;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes an upstream's response to the client. The head is held until something goes with it, so
 * that a small response is one write; parts that arrive together are written together; after the
 * first, bodies over HTTP/1 go to the channel without a copy. Traffic loop only.
 */
public final class ClientResponse {

  /** Held parts beyond this are written without waiting for more. */
  private static final int BATCH = 64 * 1024;

  /** Parts up to this are copied rather than watched until they are written. */
  private static final int COPIED = 1024;

  /** How the client learns where the body ends. */
  private enum Framing {
    NO_BODY,
    LENGTH,
    CHUNKED,
    CLOSE
  }

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final @Nullable Http2Response http2;
  private final Compression compression;
  private @Nullable Gzip gzip;
  private boolean prompt;
  private long bytes;
  private Framing framing = Framing.NO_BODY;
  private @Nullable ByteBuf held;
  private @Nullable ChannelHandlerContext channel;
  private boolean begun;

  public ClientResponse(HttpServerRequest request, Compression compression) {
    this.compression = compression;
    this.request = request;
    this.response = request.response();
    this.http2 = response instanceof Http2Response stream ? stream : null;
  }

  /**
   * True once a byte of the final answer may have reached the client: then only this answer can
   * follow.
   */
  public boolean begun() {
    return begun;
  }

  /** Takes the head; nothing is written yet. */
  public void head(
      int status,
      HttpHeaders headers,
      boolean bodiless,
      Endpoint upstream,
      Supplier<String> origin,
      String prefix) {
    response.setStatusCode(status);
    ClientHead.copy(headers, response.headers(), upstream, origin, prefix);
    if (compression.isOn()) {
      compress(status, bodiless);
    }
    if (!response.headers().contains(HttpHeaderNames.DATE)) {
      response.putHeader(HttpHeaderNames.DATE, HttpDate.now());
    }
    if (bodiless) {
      framing = Framing.NO_BODY;
    } else if (response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      framing = Framing.LENGTH;
    } else if (request.version() == HttpVersion.HTTP_1_0) {
      framing = Framing.CLOSE;
    } else {
      framing = Framing.CHUNKED;
    }
  }

  private void compress(int status, boolean bodiless) {
    // A body of unknown length may be a stream that pauses: what came in has to go out.
    prompt = !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    if (CompressedHead.prepare(request, status, bodiless, response.headers(), compression)) {
      gzip = new Gzip(((ConnectionBase) request.connection()).channel().alloc());
    }
  }

  /** Bytes of the body so far, as the client gets them. */
  public long bytes() {
    return bytes;
  }

  /** Forgets a head of which nothing was written, to answer otherwise. */
  public void discard() {
    release();
    bytes = 0;
    response.headers().clear();
    framing = Framing.NO_BODY;
  }

  /** Takes a part of the body, and its reference. */
  public void data(ByteBuf part) {
    if (response.closed() || response.ended()) {
      part.release();
      return;
    }
    hold(gzip == null ? part : gzip.add(part));
    if (held != null && held.readableBytes() >= BATCH) {
      flush();
    }
  }

  private void hold(ByteBuf part) {
    bytes += part.readableBytes();
    if (!part.isReadable()) {
      part.release();
    } else if (held == null) {
      held = part;
    } else if (held instanceof CompositeByteBuf parts) {
      parts.addComponent(true, part);
    } else {
      held = part.alloc().compositeBuffer(64).addComponent(true, held).addComponent(true, part);
    }
  }

  /** The body is whole: what a coding still keeps is held. */
  public void complete() {
    if (gzip != null) {
      hold(gzip.end());
      gzip = null;
    }
  }

  /** Writes what is held, the head in any case. */
  public void flush() {
    if (gzip != null && prompt) {
      hold(gzip.flush());
    }
    if (response.closed() || response.ended()) {
      release();
    } else if (!begun) {
      begin();
    } else if (held != null) {
      ByteBuf part = held;
      held = null;
      if (channel != null) {
        channel.writeAndFlush(new DefaultHttpContent(part), channel.voidPromise());
      } else {
        write(part);
      }
    }
  }

  private void begin() {
    begun = true;
    Channel wire = ((ConnectionBase) request.connection()).channel();
    if (framing == Framing.CHUNKED) {
      response.setChunked(true);
    } else if (framing == Framing.CLOSE) {
      response.headersEndHandler(v -> response.headers().set(HttpHeaderNames.CONNECTION, "close"));
    }
    if (held != null) {
      ByteBuf part = held;
      held = null;
      write(part);
    } else if (framing == Framing.CLOSE) {
      response.write(Buffer.buffer());
    } else if (framing != Framing.NO_BODY) {
      response.writeHead();
    } else {
      begun = false;
      return;
    }
    if (http2 == null) {
      channel = wire.pipeline().context("handler");
    }
  }

  /** The response is whole. The future completes when it is written. */
  public Future<Void> end(HttpHeaders trailers) {
    if (response.closed() || response.ended()) {
      release();
      return Future.succeededFuture();
    }
    if (!begun && trailers.isEmpty()) {
      return endAtOnce();
    }
    flush();
    if (!trailers.isEmpty() && framing == Framing.CHUNKED) {
      ClientHead.copyTrailers(trailers, response.trailers());
    }
    Future<Void> ended = response.end();
    return framing == Framing.CLOSE ? ended.eventually(() -> request.connection().close()) : ended;
  }

  private Future<Void> endAtOnce() {
    begun = true;
    ByteBuf body = held;
    held = null;
    return body == null ? response.end() : endWith(body);
  }

  /** Cuts the response off so that nobody can take it for a whole one. */
  public void cut() {
    release();
    if (http2 != null) {
      response.reset(2);
      return;
    }
    if (framing == Framing.CLOSE) {
      // Only a reset tells a client that reads until the end of the connection that this is not the
      // end.
      ((ConnectionBase) request.connection())
          .channel()
          .config()
          .setOption(ChannelOption.SO_LINGER, 0);
    }
    request.connection().close();
  }

  public boolean isFull() {
    return !response.ended() && !response.closed() && response.writeQueueFull();
  }

  /** Calls once for each time that the client can take more again. */
  public void onDrain(Runnable drained) {
    response.drainHandler(v -> drained.run());
  }

  private void release() {
    if (held != null) {
      held.release();
      held = null;
    }
    if (gzip != null) {
      gzip.close();
      gzip = null;
    }
  }

  private void write(ByteBuf part) {
    if (http2 != null) {
      http2.send(part);
    } else {
      give(part, response::write);
    }
  }

  private Future<Void> endWith(ByteBuf part) {
    if (http2 == null) {
      return give(part, response::end);
    }
    http2.endWith(part);
    return Future.succeededFuture();
  }

  /**
   * Vert.x never releases a buffer of another's pool. Over HTTP/1 a large one is released when it
   * is written, however that ends; a small one is faster copied into one that needs no release.
   */
  private Future<Void> give(ByteBuf part, Function<Buffer, Future<Void>> to) {
    if (part.readableBytes() > COPIED) {
      return to.apply(BufferInternal.buffer(part)).onComplete(done -> part.release());
    }
    ByteBuf copy = VertxByteBufAllocator.DEFAULT.heapBuffer(part.readableBytes()).writeBytes(part);
    part.release();
    return to.apply(BufferInternal.buffer(copy));
  }
}

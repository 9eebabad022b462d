package dev.rollcall.proxy.forward.client;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.proxy.forward.gzip.CompressedHead;
import dev.rollcall.proxy.forward.gzip.Compression;
import dev.rollcall.proxy.forward.gzip.Gzip;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.http.InboundResponse;
import dev.rollcall.proxy.forward.message.HttpDate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes an upstream's response to the client. The head is held until something goes with it, so
 * that a small response is one write; parts that arrive together are written together. Traffic loop
 * only.
 */
public final class ClientResponse {

  /** Held parts beyond this are written without waiting for more. */
  private static final int BATCH = 64 * 1024;

  private final InboundRequest request;
  private final InboundResponse response;
  private final Compression compression;
  private @Nullable Gzip gzip;
  private boolean prompt;
  private long bytes;
  private boolean bodiless;
  private @Nullable ByteBuf held;
  private boolean begun;

  public ClientResponse(InboundRequest request, Compression compression) {
    this.compression = compression;
    this.request = request;
    this.response = request.response();
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
    response.adopt(ClientHead.of(headers, upstream, origin, prefix));
    if (compression.isOn()) {
      compress(status, bodiless);
    }
    if (!response.headers().contains(HttpHeaderNames.DATE)) {
      response.putHeader(HttpHeaderNames.DATE, HttpDate.now());
    }
    this.bodiless = bodiless;
  }

  private void compress(int status, boolean bodiless) {
    // A body of unknown length may be a stream that pauses: what came in has to go out.
    prompt = !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    if (CompressedHead.prepare(request, status, bodiless, response.headers(), compression)) {
      gzip = new Gzip(request.connection().channel().alloc());
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
    bodiless = false;
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
    } else if (held != null) {
      begun = true;
      ByteBuf part = held;
      held = null;
      response.send(part);
    } else if (!begun && !bodiless) {
      begun = true;
      response.writeHead();
    }
  }

  /** The response is whole. */
  public void end(HttpHeaders trailers) {
    if (response.closed() || response.ended()) {
      release();
      return;
    }
    if (!trailers.isEmpty()) {
      flush();
      ClientHead.copyTrailers(trailers, response.trailers());
    }
    begun = true;
    ByteBuf rest = held == null ? Unpooled.EMPTY_BUFFER : held;
    held = null;
    response.endWith(rest);
  }

  /** Cuts the response off so that nobody can take it for a whole one. */
  public void cut() {
    release();
    response.cut();
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
}

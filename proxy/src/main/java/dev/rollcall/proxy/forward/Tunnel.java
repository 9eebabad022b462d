package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.ClientConnection;
import dev.rollcall.proxy.forward.message.HopByHop;
import dev.rollcall.proxy.forward.upstream.UpstreamTunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes both ways after an upgrade (RFC 9110 §7.8), each side at the other's pace. Traffic loop
 * only.
 */
final class Tunnel {

  private final UpstreamTunnel upstream;
  private final long idleLimit;
  private final Runnable onClosed;
  private @Nullable NetSocket client;
  private boolean closed;
  private long lastByte = System.nanoTime();

  Tunnel(UpstreamTunnel upstream, Duration idleLimit, Runnable onClosed) {
    this.upstream = upstream;
    this.idleLimit = idleLimit.toNanos();
    this.onClosed = onClosed;
  }

  /** Answers the client with the upstream's 101 and lets bytes flow. */
  void open(HttpServerRequest request, HttpHeaders headers, @Nullable ClientConnection edge) {
    var fields = request.response().headers();
    for (Map.Entry<String, String> field : headers) {
      String name = field.getKey();
      if (!HopByHop.contains(name)
          && !name.equalsIgnoreCase("server")
          && !name.equalsIgnoreCase("via")
          && !name.equalsIgnoreCase("x-powered-by")
          && !name.regionMatches(true, 0, "rollcall-", 0, 9)
          && !name.equalsIgnoreCase("content-length")) {
        fields.add(name, field.getValue());
      }
    }
    fields.set(HttpHeaderNames.CONNECTION, "Upgrade");
    fields.set(
        HttpHeaderNames.UPGRADE,
        headers.get(HttpHeaderNames.UPGRADE, request.getHeader(HttpHeaderNames.UPGRADE)));
    if (edge != null) {
      edge.tunnelOpening();
    }
    request.toNetSocket().onSuccess(socket -> connect(socket, edge)).onFailure(refused -> close());
  }

  private void connect(NetSocket socket, @Nullable ClientConnection edge) {
    client = socket;
    socket.handler(this::fromClient);
    socket.drainHandler(v -> upstream.readable(true));
    socket.exceptionHandler(failure -> close());
    socket.closeHandler(v -> close());
    upstream.onBytes(this::fromUpstream, this::close, socket::resume);
    if (edge != null) {
      edge.tunnelOpened();
    }
  }

  private void fromClient(Buffer bytes) {
    lastByte = System.nanoTime();
    upstream.write(((BufferInternal) bytes).getByteBuf());
    if (client != null && !upstream.isWritable()) {
      client.pause();
    }
  }

  private void fromUpstream(ByteBuf bytes) {
    lastByte = System.nanoTime();
    Buffer copy = Buffer.buffer(ByteBufUtil.getBytes(bytes));
    bytes.release();
    if (client != null) {
      client.write(copy);
      if (client.writeQueueFull()) {
        upstream.readable(false);
      }
    }
  }

  void check(long now) {
    if (now - lastByte > idleLimit) {
      close();
    }
  }

  /** Closes both sides once what was written is sent. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    upstream.close();
    if (client != null) {
      client.close();
    }
    onClosed.run();
  }
}

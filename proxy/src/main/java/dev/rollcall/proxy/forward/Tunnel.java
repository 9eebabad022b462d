package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.http.RawTunnel;
import dev.rollcall.proxy.forward.http1.Http1Request;
import dev.rollcall.proxy.forward.message.HopByHop;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes both ways after an upgrade (RFC 9110 §7.8), each side at the other's pace. Traffic loop
 * only.
 */
final class Tunnel {

  private final RawTunnel upstream;
  private final long idleLimit;
  private final Runnable onClosed;
  private @Nullable RawTunnel client;
  private boolean closed;
  private long lastByte = System.nanoTime();

  Tunnel(RawTunnel upstream, Duration idleLimit, Runnable onClosed) {
    this.upstream = upstream;
    this.idleLimit = idleLimit.toNanos();
    this.onClosed = onClosed;
  }

  /** Answers the client with the upstream's 101 and lets bytes flow. */
  void open(Http1Request request, HttpHeaders headers) {
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
    RawTunnel to = request.response().switchProtocols();
    client = to;
    upstream.onBytes(part -> pass(part, upstream, to), this::close, () -> to.readable(true));
    to.onBytes(part -> pass(part, to, upstream), this::close, () -> upstream.readable(true));
  }

  private void pass(ByteBuf part, RawTunnel from, RawTunnel to) {
    lastByte = System.nanoTime();
    to.write(part);
    if (!to.isWritable()) {
      from.readable(false);
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

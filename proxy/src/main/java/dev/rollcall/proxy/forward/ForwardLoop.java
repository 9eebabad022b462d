package dev.rollcall.proxy.forward;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;

/**
 * A request that comes back to us again and again, because an upstream is a proxy that sends it to
 * us: Via tells how often (RFC 9110 §7.6.3). A few times are fine: one proxy may stand before
 * another. Without an end each such request would be many, until its header is too large.
 */
final class ForwardLoop {

  /** How many of us a request may have passed. */
  private static final int MOST = 10;

  private static final String US = " rollcall";

  private ForwardLoop() {}

  static boolean has(HttpServerRequest request) {
    if (!request.headers().contains(HttpHeaderNames.VIA)) {
      return false;
    }
    int passed = 0;
    for (String via : request.headers().getAll(HttpHeaderNames.VIA)) {
      for (int at = via.indexOf(US); at >= 0; at = via.indexOf(US, at + US.length())) {
        passed++;
      }
    }
    return passed >= MOST;
  }
}

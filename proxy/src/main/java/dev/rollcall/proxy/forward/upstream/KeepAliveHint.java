package dev.rollcall.proxy.forward.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What an upstream says of idle connections: {@code Keep-Alive: timeout=5} (RFC 2068 §19.7.1.1,
 * still in use).
 */
final class KeepAliveHint {

  private static final String TIMEOUT = "timeout=";

  /** Closed this much earlier than the upstream would, so that no request meets the closing. */
  private static final long MARGIN = TimeUnit.SECONDS.toNanos(1);

  private KeepAliveHint() {}

  /** How long the connection may idle, in nanoseconds. */
  static long nanos(HttpHeaders headers, long assumed) {
    String hint = headers.get("keep-alive");
    if (hint == null) {
      return assumed;
    }
    int at = hint.toLowerCase(Locale.ROOT).indexOf(TIMEOUT);
    if (at < 0) {
      return assumed;
    }
    long seconds = 0;
    for (int i = at + TIMEOUT.length(); i < hint.length() && seconds < 3600; i++) {
      char digit = hint.charAt(i);
      if (digit < '0' || digit > '9') {
        break;
      }
      seconds = seconds * 10 + (digit - '0');
    }
    return Math.max(0, TimeUnit.SECONDS.toNanos(seconds) - MARGIN);
  }
}

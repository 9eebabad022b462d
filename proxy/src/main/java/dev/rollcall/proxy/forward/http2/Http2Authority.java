package dev.rollcall.proxy.forward.http2;

import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client calls, and how it said so.
 *
 * @param port -1 when none was named
 */
record Http2Authority(String text, String host, int port) implements HostAndPort {

  /** Null when it is none. */
  static @Nullable Http2Authority of(String text) {
    HostAndPort parsed = HostAndPort.parseAuthority(text, -1);
    return parsed == null ? null : new Http2Authority(text, parsed.host(), parsed.port());
  }

  /** The same, said otherwise (RFC 9113 §8.3.1, RFC 3986 §6.2). */
  boolean isSame(String other, @Nullable String scheme) {
    int usual = "https".equals(scheme) ? 443 : 80;
    HostAndPort parsed = HostAndPort.parseAuthority(other, usual);
    return parsed != null
        && host.equalsIgnoreCase(parsed.host())
        && (port < 0 ? usual : port) == parsed.port();
  }

  @Override
  public String toString() {
    return text;
  }
}

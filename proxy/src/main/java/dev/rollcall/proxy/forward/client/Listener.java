package dev.rollcall.proxy.forward.client;

import org.jspecify.annotations.Nullable;

/**
 * Where clients reach the proxy.
 *
 * @param host address to listen on; {@code ::} is every interface, IPv4 too
 * @param port 1 to 65535, or 0 for any free one
 * @param h2c whether HTTP/2 with prior knowledge is spoken in clear text
 * @param tls certificates for HTTPS with HTTP/2 by ALPN, or null for clear text
 */
public record Listener(String host, int port, boolean h2c, @Nullable Tls tls) {

  /** Clear text. */
  public static Listener plain(String host, int port, boolean h2c) {
    return new Listener(host, port, h2c, null);
  }
}

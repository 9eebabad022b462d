package dev.rollcall.upstream;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.settings.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What proxies are told to call.
 *
 * @param host name or address
 * @param port or null: the port that is bound
 */
record Advertised(String host, @Nullable Integer port) {

  /** {@code host} or {@code host:port}; an IPv6 literal stands in brackets when a port follows. */
  static final ValueType<Advertised> TYPE =
      ValueType.of("host[:port], such as 10.0.0.4:8080", Advertised::parse);

  private static Advertised parse(String text) {
    if (text.matches("\\[[0-9A-Fa-f:.]+]")) {
      return new Advertised(text.substring(1, text.length() - 1), null);
    }
    if (text.matches("[A-Za-z0-9._-]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*")) {
      return new Advertised(text, null);
    }
    Endpoint endpoint = Endpoint.parse(text);
    return new Advertised(endpoint.host(), endpoint.port());
  }
}

package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.http.InboundRequest;
import io.netty.util.AsciiString;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;

/**
 * How a client is introduced to upstreams: texts that are the same for all requests of its
 * connection, made once. Traffic loop only.
 */
final class ClientIntroduction {

  private static final AttributeKey<ClientIntroduction> KEY =
      AttributeKey.valueOf(ClientIntroduction.class, "introduction");

  private final AsciiString address;
  private final AsciiString scheme;
  private String authority = "";
  private AsciiString forwarded = AsciiString.EMPTY_STRING;

  private ClientIntroduction(String address, String scheme) {
    this.address = new AsciiString(address);
    this.scheme = new AsciiString(scheme);
  }

  /** Of the client of a request; the same for the next one over its connection. */
  static ClientIntroduction of(InboundRequest request) {
    Attribute<ClientIntroduction> kept = request.connection().channel().attr(KEY);
    ClientIntroduction known = kept.get();
    if (known == null) {
      String address = request.remoteAddress().hostAddress();
      known =
          new ClientIntroduction(
              address == null ? "unknown" : address, request.isSSL() ? "https" : "http");
      kept.set(known);
    }
    return known;
  }

  /** Without port. */
  AsciiString address() {
    return address;
  }

  /** {@code http} or {@code https}. */
  AsciiString scheme() {
    return scheme;
  }

  /** One hop of {@code Forwarded} (RFC 7239 §4). Clients ask for one name again and again. */
  AsciiString forwarded(String host) {
    if (!authority.equals(host)) {
      CharSequence node = address.indexOf(':', 0) >= 0 ? "\"[" + address + "]\"" : address;
      forwarded = new AsciiString("for=" + node + ";host=\"" + host + "\";proto=" + scheme);
      authority = host;
    }
    return forwarded;
  }
}

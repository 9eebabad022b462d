package dev.rollcall.discovery;

import java.util.Objects;

/**
 * A host and port that a proxy can connect to. The host is a name or an address literal; an IPv6
 * literal is kept without brackets and printed with them.
 *
 * @param host name or address, not blank
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

  public Endpoint {
    Objects.requireNonNull(host, "host");
    if (host.isBlank()) {
      throw new IllegalArgumentException("endpoint.host: blank (expected: a name or an address)");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("endpoint.port: " + port + " (expected: 1 to 65535)");
    }
  }

  /**
   * Reads {@code host:port} or {@code [v6]:port}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    if (colon <= 0 || (bracketed && text.charAt(colon - 1) != ']')) {
      throw new IllegalArgumentException("endpoint: " + text + " (expected: host:port)");
    }
    String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
    try {
      return new Endpoint(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "endpoint: " + text + " (expected: host:port)", notANumber);
    }
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}

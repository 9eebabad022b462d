package dev.rollcall.proxy;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.settings.ValueType;
import dev.rollcall.proxy.health.NamedUpstream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The URL of an upstream that cannot register: {@code http://host:port}, {@code https://host:port},
 * or {@code h2c://host:port} for one that speaks HTTP/2 in clear text.
 *
 * @param endpoint where it listens; a name with several addresses stands for all of them
 * @param protocol what it speaks
 */
public record StaticUpstream(Endpoint endpoint, Protocol protocol) {

  static final ValueType<StaticUpstream> TYPE =
      ValueType.of("http://host:port", StaticUpstream::parse);

  /**
   * @throws IllegalArgumentException if the text is no such URL; a path, a query or a user makes no
   *     sense in it
   */
  static StaticUpstream parse(String text) {
    URI uri = uri(text);
    boolean bare = uri.getRawPath() == null || uri.getRawPath().matches("/?");
    if (uri.getHost() == null
        || !bare
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(text);
    }
    Protocol protocol = protocol(uri);
    int usual = protocol == Protocol.HTTPS ? 443 : 80;
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    return new StaticUpstream(
        new Endpoint(host, uri.getPort() < 0 ? usual : uri.getPort()), protocol);
  }

  /** The same, as an upstream of a service. */
  NamedUpstream of(String service) {
    return new NamedUpstream(service, endpoint, protocol);
  }

  private static Protocol protocol(URI uri) {
    return switch (String.valueOf(uri.getScheme())) {
      case "http" -> Protocol.HTTP;
      case "https" -> Protocol.HTTPS;
      case "h2c" -> Protocol.H2C;
      default -> throw new IllegalArgumentException(uri.toString());
    };
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException notOne) {
      throw new IllegalArgumentException(text, notOne);
    }
  }

  @Override
  public String toString() {
    return protocol.name().toLowerCase(Locale.ROOT) + "://" + endpoint;
  }
}

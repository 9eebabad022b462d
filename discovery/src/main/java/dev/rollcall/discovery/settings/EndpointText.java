package dev.rollcall.discovery.settings;

import dev.rollcall.discovery.Endpoint;
import io.netty.util.NetUtil;
import java.util.regex.Pattern;

/** {@code host:port} as people write it, the port perhaps left out. */
final class EndpointText {

  private static final Pattern HOST = Pattern.compile("[\\p{Alnum}._:%-]+");

  private EndpointText() {}

  static Endpoint parse(String text, int defaultPort) {
    Endpoint endpoint = Endpoint.parse(withPort(text, defaultPort));
    if (!HOST.matcher(endpoint.host()).matches()) {
      throw new IllegalArgumentException(text);
    }
    return endpoint;
  }

  private static String withPort(String text, int defaultPort) {
    if (text.startsWith("[")) {
      return text.endsWith("]") ? text + ":" + defaultPort : text;
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      return text + ":" + defaultPort;
    }
    if (colon == text.lastIndexOf(':')) {
      return text;
    }
    if (!NetUtil.isValidIpV6Address(text)) {
      throw new IllegalArgumentException(text);
    }
    return "[" + text + "]:" + defaultPort;
  }
}

package dev.rollcall.upstream;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;

/**
 * Where the demo listens.
 *
 * @param port TCP port; default 0, any free one, which the registration then tells
 * @param host address or name of the interface; default every one, IPv4 and IPv6
 */
record HttpOptions(int port, String host) {

  /** Java binds this to IPv6 too, where there is any. */
  private static final String EVERYWHERE = "0.0.0.0";

  /** Where this process reaches itself. */
  String reachableHost() {
    return host.equals(EVERYWHERE) ? "127.0.0.1" : host;
  }

  static HttpOptions read(Settings settings) {
    int port = settings.get("http.port", ValueType.PORT, "0", "where it listens; 0: any free port");
    String host =
        settings.find("http.host", ValueType.TEXT, "every interface", "on which interface");
    return new HttpOptions(port, host == null ? EVERYWHERE : host);
  }
}

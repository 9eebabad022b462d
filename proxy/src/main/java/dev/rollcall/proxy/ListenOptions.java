package dev.rollcall.proxy;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import dev.rollcall.proxy.forward.client.Listener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where clients find the single URL.
 *
 * @param host address to bind, or null: every interface, IPv4 and IPv6
 * @param port default 8080, 0 for any free one
 * @param h2c HTTP/2 with prior knowledge on the plain port too; default false, since HTTP/1.1 alone
 *     is a little faster
 * @param tls HTTPS beside it, or null
 */
public record ListenOptions(
    @Nullable String host, int port, boolean h2c, @Nullable TlsOptions tls) {

  static ListenOptions read(Settings settings) {
    return new ListenOptions(
        settings.find(
            "http.host", ValueType.TEXT, "every interface", "address to listen on, IPv4 or IPv6"),
        settings.get("http.port", ValueType.PORT, "8080", "the single URL; 0: any free port"),
        settings.get(
            "http.h2c", ValueType.SWITCH, "false", "HTTP/2 with prior knowledge on the plain port"),
        TlsOptions.read(settings));
  }

  /** Java binds this to IPv6 too, where there is any. */
  private static final String EVERYWHERE = "0.0.0.0";

  /** In clear text, and over TLS if there are certificates. */
  List<Listener> listeners() {
    String bound = host == null ? EVERYWHERE : host;
    Listener plain = Listener.plain(bound, anyAs(-1, port), h2c);
    return tls == null
        ? List.of(plain)
        : List.of(plain, new Listener(bound, anyAs(-2, tls.port()), false, tls.tls()));
  }

  /** Any free port, but the same for all loops: Vert.x shares negative ones. */
  private static int anyAs(int shared, int port) {
    return port == 0 ? shared : port;
  }

  /** What a person can type into a browser on this machine. */
  String urls(List<Integer> ports) {
    String plain = "http://" + browsable(host, ports.get(0));
    return ports.size() == 1 ? plain : plain + " and https://" + browsable(host, ports.get(1));
  }

  /** The endpoint as a browser on this machine can call it, though it may be every interface. */
  static Endpoint browsable(@Nullable String host, int port) {
    return host == null || host.equals(EVERYWHERE) || host.equals("::")
        ? new Endpoint("localhost", port)
        : new Endpoint(host, port);
  }

  /** Which setting makes listening fail: the message names the address. */
  StartFault explain(Throwable why) {
    String bound = host == null ? EVERYWHERE : host;
    return tls != null && String.valueOf(why.getMessage()).endsWith(":" + tls.port())
        ? StartFault.of(why, "tls.port", bound, tls.port())
        : StartFault.of(why, "http.port", bound, port);
  }
}

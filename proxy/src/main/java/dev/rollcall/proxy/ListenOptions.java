package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
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
}

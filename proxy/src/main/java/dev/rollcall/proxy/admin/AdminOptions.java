package dev.rollcall.proxy.admin;

import dev.rollcall.discovery.settings.Secret;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where operators look, and who may change something.
 *
 * @param port default 9090, 0 for any free one
 * @param host address to bind; default loopback. Everyone who reaches it sees everything
 * @param token who knows it may drain, resume and weigh; null: nobody may
 * @param hosts further names that people call it by, lower case, without port; default none.
 *     Addresses, {@code localhost} and names without a dot are always taken. A name that isn't
 *     listed is refused, since a page of a stranger could point its own name here (DNS rebinding)
 */
public record AdminOptions(int port, String host, @Nullable Secret token, List<String> hosts) {

  public AdminOptions {
    hosts = hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  public static AdminOptions read(Settings settings) {
    List<String> hosts =
        settings.find(
            "admin.hosts",
            ValueType.list(ValueType.TEXT),
            "none",
            "names besides localhost that the admin port is called by");
    return new AdminOptions(
        settings.get("admin.port", ValueType.PORT, "9090", "dashboard, API, metrics, health"),
        settings.get("admin.host", ValueType.TEXT, "127.0.0.1", "address to listen on"),
        settings.secret("admin.token", "allows changes; without it they answer 403"),
        hosts == null ? List.of() : hosts);
  }
}

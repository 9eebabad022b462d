package dev.rollcall.proxy.admin;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.util.List;
import java.util.Locale;

/**
 * Where operators look, and who may change something.
 *
 * @param port default 9090, 0 for any free one
 * @param host address to bind; default loopback. Everyone who reaches it sees everything
 * @param tokens who knows one may drain, resume and weigh, and is named in the events; none: nobody
 *     may
 * @param hosts further names that people call it by, lower case, without port; default none.
 *     Addresses, {@code localhost} and names without a dot are always taken. A name that isn't
 *     listed is refused, since a page of a stranger could point its own name here (DNS rebinding)
 */
public record AdminOptions(int port, String host, AdminTokens tokens, List<String> hosts) {

  /** Where it is by default. */
  public static final String PORT = "9090";

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
        settings.get("admin.port", ValueType.PORT, PORT, "dashboard, API, metrics, health"),
        settings.get("admin.host", ValueType.TEXT, "127.0.0.1", "address to listen on"),
        AdminTokens.read(settings),
        hosts == null ? List.of() : hosts);
  }
}

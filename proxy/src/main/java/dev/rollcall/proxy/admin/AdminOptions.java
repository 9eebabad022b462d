package dev.rollcall.proxy.admin;

import dev.rollcall.discovery.settings.Secret;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Where operators look, and who may change something.
 *
 * @param port default 9090, 0 for any free one
 * @param host address to bind; default loopback. Everyone who reaches it sees everything
 * @param token who knows it may drain, resume and weigh; null: nobody may
 */
public record AdminOptions(int port, String host, @Nullable Secret token) {

  public static AdminOptions read(Settings settings) {
    return new AdminOptions(
        settings.get("admin.port", ValueType.PORT, "9090", "dashboard, API, metrics, health"),
        settings.get("admin.host", ValueType.TEXT, "127.0.0.1", "address to listen on"),
        settings.secret("admin.token", "allows changes; without it they answer 403"));
  }
}

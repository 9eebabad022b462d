package dev.rollcall.proxy.register;

import dev.rollcall.discovery.settings.Secret;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Where programs register over HTTP, and which.
 *
 * @param port a listener of its own, 0 for any free port; null: none. The admin port takes
 *     registrations all the same, with its own token
 * @param host address to bind; default every interface. The token travels in clear text: keep the
 *     port on a network of your own
 * @param token who knows it may register, renew and leave, each with its own key, and no more: it
 *     opens nothing on the admin port. What is registered gets traffic, so it is a secret
 * @param most so many may be registered over HTTP at a time, in the whole cluster; default 1000
 */
public record RegisterOptions(
    @Nullable Integer port, String host, @Nullable Secret token, int most) {

  public static RegisterOptions read(Settings settings) {
    RegisterOptions options =
        new RegisterOptions(
            settings.find(
                "register.port", ValueType.PORT, "none", "where programs register over HTTP"),
            settings.get(
                "register.host", ValueType.TEXT, "0.0.0.0", "address that this port is bound to"),
            settings.secret(
                "register.token", "allows to register and to leave there, and nothing else"),
            settings.get(
                "register.instances",
                ValueType.COUNT,
                "1000",
                "so many may be registered over HTTP at a time"));
    if (options.port() != null && options.token() == null) {
      settings.refuse("register.port", "register.token to be set too");
    }
    return options;
  }
}

package dev.rollcall.proxy.balance;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts of a made-up request. Names of headers in lower case. */
record Facts(String clientAddress, String target, Map<String, String> headers, boolean secure)
    implements RequestFacts {

  static Facts address(String address) {
    return new Facts(address, "/", Map.of(), false);
  }

  static Facts target(String target) {
    return new Facts("192.0.2.1", target, Map.of(), false);
  }

  static Facts header(String name, String value) {
    return new Facts("192.0.2.1", "/", Map.of(name, value), false);
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }
}

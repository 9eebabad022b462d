package dev.rollcall.proxy;

import java.util.List;
import java.util.Set;

/** Which settings can change while the proxy runs, and which need a restart. */
final class LiveKeys {

  private static final Set<String> SINGLE =
      Set.of(
          "compression",
          "policy",
          "upstreams",
          "zone",
          "http.trusted-proxies",
          "http.redirect-to-https",
          "http.redirect-except",
          "routes.claims");

  private static final List<String> SECTIONS =
      List.of("health.", "timeout.", "limit.", "services.", "retry.", "compression.");

  /** What a listener's decoder is made with. */
  private static final Set<String> DECODERS = Set.of("limit.header-size", "limit.line-size");

  private LiveKeys() {}

  static boolean contains(String key) {
    return SINGLE.contains(key)
        || (!DECODERS.contains(key) && SECTIONS.stream().anyMatch(key::startsWith));
  }
}

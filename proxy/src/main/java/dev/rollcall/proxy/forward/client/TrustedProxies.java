package dev.rollcall.proxy.forward.client;

import dev.rollcall.discovery.settings.Networks;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Networks of proxies in front of us whose word about the client is believed. */
public record TrustedProxies(Networks networks) {

  public static final TrustedProxies NOBODY = new TrustedProxies(Networks.NONE);

  /** By networks in CIDR notation. */
  public static TrustedProxies of(List<String> cidrs) {
    return new TrustedProxies(Networks.of(cidrs));
  }

  public boolean isEmpty() {
    return networks.isEmpty();
  }

  /** True when the connection comes from one of the networks. */
  public boolean contains(@Nullable InetSocketAddress peer) {
    return networks.contains(peer);
  }
}

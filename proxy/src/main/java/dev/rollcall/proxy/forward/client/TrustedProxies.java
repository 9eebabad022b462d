package dev.rollcall.proxy.forward.client;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Networks of proxies in front of us whose word about the client is believed. Immutable. */
public final class TrustedProxies {

  public static final TrustedProxies NOBODY = new TrustedProxies(List.of(), List.of());

  private final List<String> cidrs;
  private final List<IpSubnetFilterRule> networks;

  private TrustedProxies(List<String> cidrs, List<IpSubnetFilterRule> networks) {
    this.cidrs = List.copyOf(cidrs);
    this.networks = networks;
  }

  /**
   * Reads networks in CIDR notation; an address without a slash is a network of one.
   *
   * @throws IllegalArgumentException naming the text that is none
   */
  public static TrustedProxies of(List<String> cidrs) {
    return new TrustedProxies(cidrs, cidrs.stream().map(TrustedProxies::rule).toList());
  }

  public boolean isEmpty() {
    return networks.isEmpty();
  }

  /** True when the connection comes from one of the networks. */
  public boolean contains(@Nullable InetSocketAddress peer) {
    if (peer == null || networks.isEmpty()) {
      return false;
    }
    for (IpSubnetFilterRule network : networks) {
      if (network.matches(peer)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrustedProxies trusted && trusted.cidrs.equals(cidrs);
  }

  @Override
  public int hashCode() {
    return cidrs.hashCode();
  }

  private static IpSubnetFilterRule rule(String cidr) {
    int slash = cidr.indexOf('/');
    String address = slash < 0 ? cidr : cidr.substring(0, slash);
    if (NetUtil.createByteArrayFromIpAddressString(address) == null) {
      throw unreadable(cidr);
    }
    try {
      int bits =
          slash < 0
              ? (address.indexOf(':') < 0 ? 32 : 128)
              : Integer.parseInt(cidr.substring(slash + 1));
      return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
    } catch (RuntimeException wrongPrefix) {
      throw unreadable(cidr);
    }
  }

  private static IllegalArgumentException unreadable(String cidr) {
    return new IllegalArgumentException(
        "http.trusted-proxies: " + cidr + " (expected: a network such as 10.0.0.0/8 or fd00::/8)");
  }
}

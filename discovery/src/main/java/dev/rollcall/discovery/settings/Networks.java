package dev.rollcall.discovery.settings;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Networks that somebody's address may be in, IPv4 and IPv6. An IPv4 address is the same one when
 * it comes as an IPv6 address (RFC 4291, section 2.5.5.2). Immutable; any thread.
 */
public final class Networks {

  public static final Networks NONE = new Networks(List.of());

  /** Networks in CIDR notation, separated by commas. */
  public static final ValueType<Networks> TYPE =
      ValueType.list(ValueType.of("a network such as 10.0.0.0/8 or fd00::/8", Networks::checked))
          .map(Networks::of);

  private final List<String> cidrs;
  private final List<IpSubnetFilterRule> rules;

  private Networks(List<String> cidrs) {
    this.cidrs = List.copyOf(cidrs);
    this.rules = this.cidrs.stream().map(Networks::rule).toList();
  }

  /**
   * Reads networks in CIDR notation; an address without a slash is a network of one.
   *
   * @throws IllegalArgumentException naming the text that is none
   */
  public static Networks of(List<String> cidrs) {
    return new Networks(cidrs);
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /** True when the address is in one of them; null is in none. */
  public boolean contains(@Nullable InetSocketAddress address) {
    if (address == null || address.isUnresolved()) {
      return false;
    }
    for (IpSubnetFilterRule rule : rules) {
      if (rule.matches(address)) {
        return true;
      }
    }
    return false;
  }

  /** The same, without a port. */
  public boolean contains(InetAddress address) {
    return contains(new InetSocketAddress(address, 0));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Networks networks && networks.cidrs.equals(cidrs);
  }

  @Override
  public int hashCode() {
    return cidrs.hashCode();
  }

  /** As they were written. */
  @Override
  public String toString() {
    return String.join(",", cidrs);
  }

  private static String checked(String cidr) {
    rule(cidr);
    return cidr;
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
        cidr + " (expected: a network such as 10.0.0.0/8 or fd00::/8)");
  }
}

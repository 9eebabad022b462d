package dev.rollcall.proxy.roll;

import java.net.InetAddress;

/**
 * Addresses that are never called, whoever registered them: link-local ones (169.254.0.0/16 and
 * fe80::/10), where clouds tell each machine its own credentials, and those that are no single
 * place at all. A registration is text that somebody else wrote.
 */
public final class NoPlace {

  private NoPlace() {}

  /** True if nothing may be sent there. An IPv4 address in IPv6's clothes is judged as IPv4. */
  public static boolean is(InetAddress address) {
    return address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress();
  }
}

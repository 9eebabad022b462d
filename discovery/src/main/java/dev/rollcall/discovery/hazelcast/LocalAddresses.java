package dev.rollcall.discovery.hazelcast;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;

/** Which addresses are this machine's. */
final class LocalAddresses {

  private static final String LOOPBACK = "127.0.0.1";

  private LocalAddresses() {}

  /**
   * What a member bound at this place calls its address: of every interface, the first that others
   * can reach, IPv4 before IPv6; loopback when there is none.
   */
  static String of(MemberPlace place) {
    if (!place.everyInterface()) {
      return place.host();
    }
    try {
      return NetworkInterface.networkInterfaces()
          .filter(LocalAddresses::reachable)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .min(Comparator.comparing(address -> !(address instanceof Inet4Address)))
          .map(LocalAddresses::text)
          .orElse(LOOPBACK);
    } catch (SocketException none) {
      return LOOPBACK;
    }
  }

  /** True for loopback and for any address of this machine's interfaces. */
  static boolean isHere(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException unknown) {
      return false;
    }
  }

  /** As text, without the zone that only means something on this machine. */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  private static boolean reachable(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback() && !network.isVirtual();
    } catch (SocketException unknown) {
      return false;
    }
  }
}

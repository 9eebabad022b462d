package dev.rollcall.proxy.forward.client;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose request it is, by address. */
public final class ClientAddress {

  private ClientAddress() {}

  /** Who connected, or whom a trusted proxy speaks for. */
  public static String of(HttpServerRequest request, TrustedProxies trusted) {
    String connected = text(request.remoteAddress());
    if (trusted.isEmpty()) {
      return connected;
    }
    SocketAddress real = request.connection().remoteAddress(true);
    if (!isTrusted(text(real), trusted)) {
      return connected;
    }
    List<String> chain = request.headers().getAll("x-forwarded-for");
    return chain.isEmpty() ? connected : last(String.join(",", chain) + "," + connected, trusted);
  }

  /**
   * The last address of a chain that is no trusted proxy's: whatever stands before it is the
   * client's own claim. The last of all is who connected to us.
   */
  public static String last(String chain, TrustedProxies trusted) {
    int end = chain.length();
    while (true) {
      int comma = chain.lastIndexOf(',', end - 1);
      String address = chain.substring(comma + 1, end).strip();
      if (comma < 0 || !isTrusted(address, trusted)) {
        return address;
      }
      end = comma;
    }
  }

  /** An IPv4 address, or the first 64 bits of an IPv6 one: who has one has all of these. */
  public static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null || bytes.length != 16
        ? address
        : HexFormat.of().formatHex(Arrays.copyOf(bytes, 8));
  }

  private static String text(@Nullable SocketAddress address) {
    String text = address == null ? null : address.hostAddress();
    return text == null ? "unknown" : text;
  }

  private static boolean isTrusted(String address, TrustedProxies trusted) {
    if (trusted.isEmpty()) {
      return false;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    try {
      return bytes != null
          && trusted.contains(new InetSocketAddress(InetAddress.getByAddress(bytes), 0));
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}

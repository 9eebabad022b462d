package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.balance.RequestFacts;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * What selection policies may know of a client's request: as the upstream shall see it, so that
 * cookies are whole and the word of trusted proxies is in it.
 *
 * @param trusted whose word about the client's address is believed
 */
record ClientFacts(RequestHead head, TrustedProxies trusted) implements RequestFacts {

  /**
   * The last address of {@code X-Forwarded-For} that is no trusted proxy's: whatever stands before
   * it is the client's own claim. The last of all is who connected to us.
   */
  @Override
  public String clientAddress() {
    String chain = header("x-forwarded-for");
    if (chain == null) {
      return "";
    }
    int end = chain.length();
    while (true) {
      int comma = chain.lastIndexOf(',', end - 1);
      String address = chain.substring(comma + 1, end).strip();
      if (comma < 0 || !isTrusted(address)) {
        return address;
      }
      end = comma;
    }
  }

  private boolean isTrusted(String address) {
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

  @Override
  public String target() {
    return head.target();
  }

  @Override
  public @Nullable String header(String name) {
    return head.headers().get(name);
  }

  @Override
  public boolean secure() {
    return "https".equals(header("x-forwarded-proto"));
  }
}

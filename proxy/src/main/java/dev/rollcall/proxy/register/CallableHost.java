package dev.rollcall.proxy.register;

import dev.rollcall.proxy.roll.NoPlace;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which host somebody may register: an address or a name that every proxy can call. Not loopback,
 * which is another machine to everybody but the caller, unless the caller is on this one; never
 * {@link NoPlace}. Names aren't looked up here: whoever connects looks at the address that he got.
 */
final class CallableHost {

  private static final int LONGEST = 253;

  /** RFC 1123, with the underscore that containers have; the last label isn't a number. */
  private static final Pattern NAME =
      Pattern.compile(
          "([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z_]([a-z0-9_-]{0,61}[a-z0-9_])?");

  private static final Pattern ANY_LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");

  private CallableHost() {}

  /**
   * @param asked what the registration says, or null: the caller's address
   * @param caller its address
   * @throws IllegalArgumentException with one clear line
   */
  static String of(@Nullable String asked, String caller) {
    String from = unscoped(caller);
    String host = asked == null ? from : asked.toLowerCase(Locale.ROOT);
    InetAddress address = address(unbracketed(host));
    if (address == null) {
      return name(host, from);
    }
    if (NoPlace.is(address)) {
      throw wrong(host, "an address that proxies can call, not a link-local one");
    }
    if (address.isLoopbackAddress() && !isLoopback(from)) {
      throw wrong(host, "an address that proxies can call, not loopback");
    }
    return address.getHostAddress();
  }

  private static String name(String host, String caller) {
    boolean isName = NAME.matcher(host).matches() || isDockerId(host);
    if (host.length() > LONGEST || !isName) {
      throw wrong(host, "an address or a name");
    }
    if ((host.equals("localhost") || host.endsWith(".localhost")) && !isLoopback(caller)) {
      throw wrong(host, "an address that proxies can call, not loopback");
    }
    return host;
  }

  /** A container's host name may begin with a digit; all digits would be read as an address. */
  private static boolean isDockerId(String host) {
    return ANY_LABEL.matcher(host).matches()
        && !host.startsWith("0x")
        && host.chars().anyMatch(c -> c >= 'a' && c <= 'z');
  }

  private static boolean isLoopback(String caller) {
    InetAddress address = address(caller);
    return address != null && address.isLoopbackAddress();
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static String unscoped(String caller) {
    int scope = caller.indexOf('%');
    return scope < 0 ? caller : caller.substring(0, scope);
  }

  private static @Nullable InetAddress address(String text) {
    byte[] literal =
        text.indexOf('%') >= 0 ? null : NetUtil.createByteArrayFromIpAddressString(text);
    try {
      return literal == null ? null : InetAddress.getByAddress(literal);
    } catch (UnknownHostException wrongLength) {
      return null;
    }
  }

  private static IllegalArgumentException wrong(String host, String expected) {
    String shown = host.length() > 60 ? host.substring(0, 60) + "…" : host;
    return new IllegalArgumentException(
        "host: " + shown.replaceAll("\\p{Cntrl}", "?") + " (expected: " + expected + ")");
  }
}

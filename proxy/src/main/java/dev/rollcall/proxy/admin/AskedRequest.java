package dev.rollcall.proxy.admin;

import dev.rollcall.proxy.balance.RequestFacts;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody asks about.
 *
 * @param method for example {@code GET}
 * @param host lower case, without port, or empty
 * @param target path with query
 * @param clientAddress without port, or empty
 * @param headers {@code cookie} among them
 */
record AskedRequest(
    String method, String host, String target, String clientAddress, MultiMap headers)
    implements RequestFacts {

  /** RFC 9110 §5.6.2. */
  private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /**
   * Reads {@code method}, {@code host}, {@code path}, {@code address} and any number of {@code
   * header=Name: value}.
   *
   * @throws IllegalArgumentException with one clear line
   */
  static AskedRequest of(MultiMap params) {
    String path = params.contains("path") ? params.get("path") : "/";
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: " + path + " (expected: begins with /)");
    }
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (String header : params.getAll("header")) {
      int colon = header.indexOf(':');
      if (colon <= 0) {
        throw new IllegalArgumentException("header: " + header + " (expected: Name: value)");
      }
      headers.add(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    String method = params.contains("method") ? params.get("method") : "GET";
    if (!METHOD.matcher(method).matches()) {
      throw new IllegalArgumentException("method: expected: a word such as GET");
    }
    String address = params.contains("address") ? params.get("address") : "";
    if (!address.isEmpty() && NetUtil.createByteArrayFromIpAddressString(address) == null) {
      throw new IllegalArgumentException(
          "address: " + address + " (expected: an IP address such as 192.0.2.7)");
    }
    return new AskedRequest(
        method, host(params.contains("host") ? params.get("host") : ""), path, address, headers);
  }

  /** Without port; an IPv6 literal keeps its brackets. */
  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean port = colon > authority.lastIndexOf(']');
    return (port ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name);
  }
}

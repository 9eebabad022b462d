package dev.rollcall.proxy.admin;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests only under a name that is surely ours, so that a stranger's page can't read or
 * change anything through a visitor's browser by pointing its own name at our address (DNS
 * rebinding): addresses, {@code localhost}, names without a dot, and those of {@code admin.hosts}.
 * Changes are refused when they come from a page of another origin, whatever they know.
 */
final class HostCheck implements SecurityPolicyHandler {

  private final List<String> hosts;

  /**
   * @param hosts further names, lower case
   */
  HostCheck(List<String> hosts) {
    this.hosts = List.copyOf(hosts);
  }

  @Override
  public void handle(RoutingContext request) {
    HostAndPort authority = request.request().authority();
    if (authority == null) {
      new AdminProblem(400, "the request lacks a valid Host").answer(request);
      return;
    }
    if (!isOurs(authority.host())) {
      new AdminProblem(
              421,
              "the admin port isn't known as "
                  + authority.host()
                  + ": add the name to admin.hosts (ROLLCALL_ADMIN_HOSTS), or use an address")
          .answer(request);
      return;
    }
    if (!isReading(request.request().method()) && isForeign(request, authority)) {
      new AdminProblem(403, "changes can't be asked for by pages of another origin")
          .answer(request);
      return;
    }
    request.next();
  }

  private boolean isOurs(String name) {
    String host = name.toLowerCase(Locale.ROOT);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return NetUtil.isValidIpV4Address(bare)
        || NetUtil.isValidIpV6Address(bare)
        || bare.indexOf('.') < 0
        || bare.endsWith(".localhost")
        || hosts.contains(bare);
  }

  private static boolean isReading(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static boolean isForeign(RoutingContext request, HostAndPort authority) {
    String site = request.request().getHeader("Sec-Fetch-Site");
    String origin = request.request().getHeader("Origin");
    return (site != null && !site.equals("same-origin") && !site.equals("none"))
        || (origin != null && !isSame(origin, authority));
  }

  private static boolean isSame(String origin, HostAndPort authority) {
    URI page = parse(origin);
    return page != null
        && page.getHost() != null
        && page.getHost().equalsIgnoreCase(authority.host())
        && port(page) == (authority.port() < 0 ? 80 : authority.port());
  }

  private static int port(URI page) {
    return page.getPort() >= 0 ? page.getPort() : "https".equals(page.getScheme()) ? 443 : 80;
  }

  private static @Nullable URI parse(String origin) {
    try {
      return URI.create(origin);
    } catch (IllegalArgumentException notOne) {
      return null;
    }
  }
}

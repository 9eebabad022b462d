package dev.rollcall.proxy.roll;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which service a request is for. The longest path prefix wins, exact hosts before wildcards before
 * none.
 *
 * <p>Prefixes match whole segments: {@code /api} takes {@code /api} and {@code /api/x}, not {@code
 * /apix}.
 */
public final class RouteTable {

  /**
   * One rule.
   *
   * @param host lower case name, {@code *.domain}, or empty for any
   * @param prefix path prefix, begins with a slash
   * @param service who serves it
   */
  public record Route(String host, String prefix, String service) {}

  public static final RouteTable EMPTY = new RouteTable(List.of());

  private final List<Route> routes;

  public RouteTable(List<Route> routes) {
    this.routes =
        routes.stream()
            .sorted(
                Comparator.comparingInt((Route r) -> hostRank(r.host()))
                    .thenComparing(r -> -r.host().length())
                    .thenComparing(r -> -r.prefix().length())
                    .thenComparing(Route::service))
            .toList();
  }

  public List<Route> routes() {
    return routes;
  }

  /**
   * The route of a request, or null when there is none.
   *
   * @param host lower case, without port; empty when unknown
   * @param path normalised, begins with a slash
   */
  public @Nullable Route find(String host, String path) {
    for (Route route : routes) {
      if (hostMatches(route.host(), host) && prefixMatches(route.prefix(), path)) {
        return route;
      }
    }
    return null;
  }

  private static int hostRank(String host) {
    return host.isEmpty() ? 2 : host.startsWith("*.") ? 1 : 0;
  }

  private static boolean hostMatches(String rule, String host) {
    if (rule.isEmpty()) {
      return true;
    }
    return rule.startsWith("*.")
        ? host.length() > rule.length() - 1 && host.endsWith(rule.substring(1))
        : rule.equals(host);
  }

  private static boolean prefixMatches(String prefix, String path) {
    if (!path.startsWith(prefix)) {
      return false;
    }
    return prefix.endsWith("/")
        || path.length() == prefix.length()
        || path.charAt(prefix.length()) == '/';
  }
}

package dev.rollcall.proxy.roll;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which service a request is for. Exact hosts go before wildcards before none, then the longest
 * path prefix wins, then the one with most header conditions.
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
   * @param headers all of which must hold; mostly none
   * @param strip the upstream gets the path without the prefix
   * @param service who serves it
   */
  public record Route(
      String host, String prefix, List<FieldMatch> headers, boolean strip, String service) {

    public Route {
      headers = List.copyOf(headers);
    }

    /** A plain one. */
    public Route(String host, String prefix, String service) {
      this(host, prefix, List.of(), false, service);
    }

    /** What two routes must differ in. */
    String claim() {
      return host + prefix + RouteRule.conditions(headers);
    }
  }

  public static final RouteTable EMPTY = new RouteTable(List.of());

  private static final Function<String, @Nullable String> NO_FIELDS = name -> null;

  private final List<Route> routes;
  private final Route[] ordered;
  private final boolean conditional;

  public RouteTable(List<Route> routes) {
    this.routes =
        routes.stream()
            .sorted(
                Comparator.comparingInt((Route r) -> hostRank(r.host()))
                    .thenComparing(r -> -r.host().length())
                    .thenComparing(r -> -r.prefix().length())
                    .thenComparing(r -> -r.headers().size())
                    .thenComparing(Route::claim)
                    .thenComparing(Route::service))
            .toList();
    this.ordered = this.routes.toArray(new Route[0]);
    this.conditional = routes.stream().anyMatch(route -> !route.headers().isEmpty());
  }

  public List<Route> routes() {
    return routes;
  }

  /** True when the header fields of a request may make a difference. */
  public boolean isConditional() {
    return conditional;
  }

  /** The route of a request without header fields, or null when there is none. */
  public @Nullable Route find(String host, String path) {
    return find(host, path, NO_FIELDS);
  }

  /**
   * The route of a request, or null when there is none.
   *
   * @param host lower case, without port; empty when unknown
   * @param path normalised, begins with a slash
   * @param fields the value of a header field by name; asked only for routes that want one
   */
  public @Nullable Route find(String host, String path, Function<String, @Nullable String> fields) {
    for (Route route : ordered) {
      if (hostMatches(route.host(), host)
          && isBelow(route.prefix(), path)
          && (route.headers().isEmpty() || hold(route.headers(), fields))) {
        return route;
      }
    }
    return null;
  }

  private static boolean hold(List<FieldMatch> headers, Function<String, @Nullable String> fields) {
    for (FieldMatch header : headers) {
      if (!header.holds(fields)) {
        return false;
      }
    }
    return true;
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

  /** Whether a normalised path is this one or has it as its first segments. */
  public static boolean isBelow(String prefix, String path) {
    if (!path.startsWith(prefix)) {
      return false;
    }
    return prefix.endsWith("/")
        || path.length() == prefix.length()
        || path.charAt(prefix.length()) == '/';
  }
}

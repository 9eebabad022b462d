package dev.rollcall.proxy.roll;

import dev.rollcall.proxy.roll.RouteTable.Route;
import java.util.List;
import java.util.Map;

/**
 * Which routes the instances of a service may claim. What the settings themselves say of routes is
 * not limited.
 *
 * @param allowed by service; {@code *} for all others. Empty: everyone may claim everything. A
 *     route allows all that it covers: {@code *.example} hosts of it, {@code /shop} what is below
 */
public record ClaimLimits(Map<String, List<String>> allowed) {

  public static final ClaimLimits NONE = new ClaimLimits(Map.of());

  private static final String OTHERS = "*";

  public ClaimLimits {
    allowed = Map.copyOf(allowed);
  }

  /** True if a setting can be understood as a route. */
  public static boolean isRoute(String text) {
    return RouteClaims.isReadable(text);
  }

  boolean allow(String service, String claimed) {
    if (allowed.isEmpty() || !RouteClaims.isReadable(claimed)) {
      // What can't be read gets its own line, and no route.
      return true;
    }
    Route route = RouteClaims.route(RouteRule.of(claimed), service);
    List<String> rules = allowed.getOrDefault(service, allowed.getOrDefault(OTHERS, List.of()));
    return rules.stream()
        .map(rule -> RouteClaims.route(RouteRule.of(rule), service))
        .anyMatch(rule -> covers(rule, route));
  }

  private static boolean covers(Route rule, Route route) {
    boolean host =
        rule.host().isEmpty()
            || rule.host().equals(route.host())
            || (rule.host().startsWith("*.") && route.host().endsWith(rule.host().substring(1)));
    return host && RouteTable.isBelow(rule.prefix(), route.prefix());
  }
}

package dev.rollcall.proxy.roll;

import java.util.List;
import java.util.Map;

/**
 * What the settings say of the roll.
 *
 * @param zone preferred zone of upstreams, empty for none. Traffic stays in it while at least half
 *     of its primaries are up: with few upstreams in the zone these carry everything
 * @param routes by service, in place of what its instances claim; default none
 * @param claims which routes instances may claim; default all
 * @param canaries by service; default none
 */
public record RollOptions(
    String zone,
    Map<String, List<RouteRule>> routes,
    ClaimLimits claims,
    Map<String, CanaryRule> canaries) {

  public static final RollOptions DEFAULT =
      new RollOptions("", Map.of(), ClaimLimits.NONE, Map.of());

  public RollOptions {
    routes = Map.copyOf(routes);
    canaries = Map.copyOf(canaries);
  }
}

package dev.rollcall.proxy.roll;

import java.util.List;
import java.util.Map;

/**
 * What the settings say of the roll.
 *
 * @param zone preferred zone of upstreams, empty for none. Traffic stays in it while at least half
 *     of its primaries are up: with few upstreams in the zone these carry everything
 * @param routes by service, in place of what its instances claim; default none
 */
public record RollOptions(String zone, Map<String, List<String>> routes) {

  public static final RollOptions DEFAULT = new RollOptions("", Map.of());

  public RollOptions {
    routes = Map.copyOf(routes);
  }
}

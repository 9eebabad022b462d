package dev.rollcall.proxy.roll;

import dev.rollcall.proxy.roll.RouteTable.Route;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the route table out of what services claim: {@code /path}, {@code host/path}, {@code
 * *.domain/path}; a host alone stands for all of its paths.
 *
 * <p>When two services claim the same route, the settings win over registrations, registrations
 * over services that nobody serves at present, and otherwise the name that comes first in the
 * alphabet: every proxy decides alike, whoever it met first.
 */
final class RouteClaims {

  /** Where a claim comes from, strongest first. */
  enum Source {
    SETTINGS,
    REGISTRATION,
    MEMORY
  }

  /** What one service claims. */
  record Claim(String service, Source source, Collection<RouteRule> routes) {}

  /** What came of the claims: the table, and what was wrong, one line each. */
  record Result(RouteTable table, List<String> faults) {}

  private RouteClaims() {}

  /** The table, the same whatever the order of the claims. */
  static Result resolve(Collection<Claim> claims) {
    Map<String, Route> winners = new TreeMap<>();
    Set<String> faults = new LinkedHashSet<>();
    claims.stream()
        .sorted(Comparator.comparing(Claim::source).thenComparing(Claim::service))
        .forEach(claim -> enter(claim, winners, faults));
    return new Result(new RouteTable(List.copyOf(winners.values())), List.copyOf(faults));
  }

  private static void enter(Claim claim, Map<String, Route> winners, Set<String> faults) {
    List<RouteRule> ordered =
        claim.routes().stream().sorted(Comparator.comparing(RouteRule::toString)).toList();
    for (RouteRule rule : ordered) {
      if (!isReadable(rule.text())) {
        faults.add(
            "route of service %s: %s (expected: /path, host/path or *.domain/path)"
                .formatted(claim.service(), rule.text()));
        continue;
      }
      Route route = route(rule, claim.service());
      String key = route.claim();
      Route winner = winners.putIfAbsent(key, route);
      boolean contested = winner != null && !winner.service().equals(claim.service());
      if (contested && claim.source() != Source.MEMORY) {
        faults.add(
            "route %s is claimed by services %s and %s: %s gets it"
                .formatted(key, winner.service(), claim.service(), winner.service()));
      }
    }
  }

  static boolean isReadable(String text) {
    String host = host(text);
    boolean clean = text.chars().allMatch(c -> c > ' ' && c < 127 && c != '?' && c != '#');
    boolean star = host.lastIndexOf('*') > 0 || (host.startsWith("*") && !host.startsWith("*."));
    return !text.isEmpty() && clean && !star && !host.equals("*.");
  }

  /** The route that a readable rule stands for. */
  static Route route(RouteRule rule, String service) {
    String text = rule.text();
    String host = host(text);
    String prefix = host.length() == text.length() ? "/" : text.substring(host.length());
    return new Route(host.toLowerCase(Locale.ROOT), prefix, rule.headers(), rule.strip(), service);
  }

  private static String host(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? text : text.substring(0, slash);
  }
}

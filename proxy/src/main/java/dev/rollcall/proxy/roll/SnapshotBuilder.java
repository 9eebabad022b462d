package dev.rollcall.proxy.roll;

import dev.rollcall.proxy.roll.RouteClaims.Claim;
import dev.rollcall.proxy.roll.RouteClaims.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots. Remembers the routes of services that nobody serves any more, so that their
 * clients hear "nobody is there" and not "no such thing". Used by the roll's thread only.
 */
final class SnapshotBuilder {

  private static final System.Logger LOG = System.getLogger(Roll.class.getName());

  /** Services that nobody serves and that are still remembered, at most. */
  private static final int REMEMBERED = 1000;

  private final RollOptions options;
  private final CandidateGroups groups;
  private final Map<String, Set<String>> claims = new TreeMap<>();
  private Set<String> knownFaults = Set.of();
  private Set<Claim> resolved = Set.of();
  private RouteTable routes = RouteTable.EMPTY;

  SnapshotBuilder(RollOptions options) {
    this.options = options;
    this.groups = new CandidateGroups(options.zone());
    options.routes().forEach((service, list) -> claims.put(service, Set.copyOf(list)));
  }

  /**
   * @param upstreams in order of id
   */
  Snapshot build(
      List<Upstream> upstreams,
      Map<Upstream, Double> warmth,
      Map<Upstream, Trial> trials,
      Snapshot before) {
    Map<String, List<Upstream>> byService =
        upstreams.stream().collect(Collectors.groupingBy(u -> u.instance().service()));
    route(byService);
    Map<String, ServiceRoll> services = new HashMap<>();
    for (String name : claims.keySet()) {
      List<Upstream> members = byService.getOrDefault(name, List.of());
      ServiceRoll last = before.service(name);
      Candidates candidates =
          groups.of(members, warmth, last == null ? Candidates.NONE : last.candidates());
      services.put(name, new ServiceRoll(name, members, candidates, trial(members, trials)));
    }
    return new Snapshot(services, routes);
  }

  private static @Nullable Trial trial(List<Upstream> members, Map<Upstream, Trial> trials) {
    return members.stream()
        .filter(upstream -> upstream.weight() > 0)
        .map(trials::get)
        .filter(trial -> trial != null && !trial.claimed())
        .findFirst()
        .orElse(null);
  }

  /** Resolves anew only when somebody claims something else than before. */
  private void route(Map<String, List<Upstream>> byService) {
    byService.forEach((service, members) -> claims.put(service, claimed(service, members)));
    while (claims.size() - byService.size() > REMEMBERED + options.routes().size()) {
      forgetOne(byService.keySet());
    }
    Set<Claim> present = new HashSet<>();
    claims.forEach((name, set) -> present.add(new Claim(name, source(name, byService), set)));
    if (present.equals(resolved)) {
      return;
    }
    resolved = present;
    RouteClaims.Result result = RouteClaims.resolve(present);
    routes = result.table();
    warn(result.faults());
  }

  private Set<String> claimed(String service, List<Upstream> members) {
    List<String> settled = options.routes().get(service);
    return settled != null
        ? Set.copyOf(settled)
        : members.stream()
            .flatMap(member -> member.instance().routes().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  private Source source(String service, Map<String, List<Upstream>> byService) {
    if (options.routes().containsKey(service)) {
      return Source.SETTINGS;
    }
    return byService.containsKey(service) ? Source.REGISTRATION : Source.MEMORY;
  }

  private void forgetOne(Set<String> served) {
    List<String> candidates = new ArrayList<>(claims.keySet());
    candidates.removeAll(served);
    candidates.removeAll(options.routes().keySet());
    claims.remove(candidates.get(0));
  }

  private void warn(List<String> faults) {
    for (String fault : faults) {
      if (!knownFaults.contains(fault)) {
        LOG.log(System.Logger.Level.WARNING, fault);
      }
    }
    knownFaults = Set.copyOf(faults);
  }
}

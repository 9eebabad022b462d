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
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots. Remembers the routes of services that nobody serves any more, so that their
 * clients hear "nobody is there" and not "no such thing". Used by the roll's thread only.
 */
final class SnapshotBuilder {

  private static final System.Logger LOG = System.getLogger(Roll.class.getName());

  /** Services that nobody serves and that are still remembered, at most. */
  private static final int REMEMBERED = 1000;

  private final Map<String, Set<RouteRule>> claims = new TreeMap<>();
  private final Map<String, AtomicInteger> canaryTurns = new HashMap<>();
  private Set<String> knownFaults = Set.of();
  private Set<Claim> resolved = Set.of();
  private Set<String> refused = Set.of();
  private RouteTable routes = RouteTable.EMPTY;
  private RollOptions options;
  private CandidateGroups groups;

  SnapshotBuilder(RollOptions options) {
    this.options = options;
    this.groups = new CandidateGroups(options.zone());
    options(options);
  }

  /**
   * From now on the settings say this. What only the former ones claimed is claimed by nobody, and
   * not remembered either: somebody has taken it back.
   */
  void options(RollOptions next) {
    claims.keySet().removeAll(options.routes().keySet());
    options = next;
    groups = new CandidateGroups(next.zone());
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
      services.put(
          name, service(name, members, warmth, trial(members, trials), before.service(name)));
    }
    return new Snapshot(services, routes);
  }

  private ServiceRoll service(
      String name,
      List<Upstream> members,
      Map<Upstream, Double> warmth,
      @Nullable Trial trial,
      @Nullable ServiceRoll last) {
    Candidates before = last == null ? Candidates.NONE : last.candidates();
    CanaryRule rule = options.canaries().get(name);
    if (rule == null) {
      Candidates candidates = groups.of(members, warmth, before);
      return new ServiceRoll(name, members, candidates, trial, null);
    }
    Map<Boolean, List<Upstream>> split =
        members.stream().collect(Collectors.partitioningBy(rule::covers));
    Canary lastCanary = last == null ? null : last.canary();
    Candidates canary =
        groups.of(
            split.getOrDefault(true, List.of()),
            warmth,
            lastCanary == null ? Candidates.NONE : lastCanary.candidates());
    Candidates others = groups.of(split.getOrDefault(false, List.of()), warmth, before);
    if (canary.isEmpty() || others.isEmpty()) {
      // One of the two serves everything: better the other version than none.
      return new ServiceRoll(name, members, others.isEmpty() ? canary : others, trial, null);
    }
    AtomicInteger turns = canaryTurns.computeIfAbsent(name, first -> new AtomicInteger());
    return new ServiceRoll(name, members, others, trial, Canary.of(name, rule, canary, turns));
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
    claims.entrySet().removeIf(c -> c.getValue().isEmpty() && !byService.containsKey(c.getKey()));
    Set<String> denied = new TreeSet<>();
    byService.forEach((service, members) -> claims.put(service, claimed(service, members, denied)));
    while (claims.size() - byService.size() > REMEMBERED + options.routes().size()) {
      forgetOne(byService.keySet());
    }
    Set<Claim> present = new HashSet<>();
    claims.forEach((name, set) -> present.add(new Claim(name, source(name, byService), set)));
    if (present.equals(resolved) && denied.equals(refused)) {
      return;
    }
    resolved = present;
    refused = denied;
    RouteClaims.Result result = RouteClaims.resolve(present);
    routes = result.table();
    warn(Stream.concat(result.faults().stream(), denied.stream()).toList());
  }

  private Set<RouteRule> claimed(String service, List<Upstream> members, Set<String> denied) {
    List<RouteRule> settled = options.routes().get(service);
    if (settled != null) {
      return Set.copyOf(settled);
    }
    Set<RouteRule> claimed = new HashSet<>();
    for (Upstream member : members) {
      for (String text : member.instance().routes()) {
        if (options.claims().allow(service, text)) {
          claimed.add(RouteRule.of(text));
        } else {
          denied.add(
              "route %s is not among those that routes.claims allows service %s: not taken"
                  .formatted(text, service));
        }
      }
    }
    return Set.copyOf(claimed);
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

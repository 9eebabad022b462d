package dev.rollcall.proxy.roll;

import dev.rollcall.proxy.roll.RouteClaims.Claim;
import dev.rollcall.proxy.roll.RouteClaims.Source;
import java.util.ArrayList;
import java.util.Comparator;
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
 * Makes snapshots; what has not changed it takes from the one before. Remembers the routes of
 * services that nobody serves any more, so that their clients hear "nobody is there" and not "no
 * such thing". Used by the roll's thread only.
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
  private boolean anew = true;

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
    anew = true;
  }

  /**
   * @param warmth share of its weight that an upstream may take; absent: 1
   */
  Snapshot build(
      Membership membership,
      Map<Upstream, Double> warmth,
      Map<Upstream, Trial> trials,
      Snapshot before) {
    if (anew || membership.claimsChanged()) {
      route(membership);
    }
    Map<String, ServiceRoll> services = new HashMap<>();
    for (String name : claims.keySet()) {
      ServiceRoll known = before.service(name);
      services.put(
          name,
          known == null || anew || membership.hasChanged(name)
              ? service(name, membership.members(name), warmth, trial(name, trials), known)
              : known);
    }
    anew = false;
    membership.shown();
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

  private static @Nullable Trial trial(String service, Map<Upstream, Trial> trials) {
    return trials.values().stream()
        .filter(trial -> trial.upstream().instance().service().equals(service))
        .filter(trial -> trial.upstream().weight() > 0 && !trial.claimed())
        .min(Comparator.comparing(trial -> trial.upstream().id()))
        .orElse(null);
  }

  /** Resolves anew only when somebody claims something else than before. */
  private void route(Membership membership) {
    Set<String> served = membership.services();
    claims.entrySet().removeIf(c -> c.getValue().isEmpty() && !served.contains(c.getKey()));
    Set<String> denied = new TreeSet<>();
    served.forEach(
        service -> claims.put(service, claimed(service, membership.claims(service), denied)));
    while (claims.size() - served.size() > REMEMBERED + options.routes().size()) {
      forgetOne(served);
    }
    Set<Claim> present = new HashSet<>();
    claims.forEach((name, set) -> present.add(new Claim(name, source(name, served), set)));
    if (present.equals(resolved) && denied.equals(refused)) {
      return;
    }
    resolved = present;
    refused = denied;
    RouteClaims.Result result = RouteClaims.resolve(present);
    routes = result.table();
    warn(Stream.concat(result.faults().stream(), denied.stream()).toList());
  }

  private Set<RouteRule> claimed(String service, Set<List<String>> wanted, Set<String> denied) {
    List<RouteRule> settled = options.routes().get(service);
    if (settled != null) {
      return Set.copyOf(settled);
    }
    Set<RouteRule> claimed = new HashSet<>();
    for (List<String> list : wanted) {
      for (String text : list) {
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

  private Source source(String service, Set<String> served) {
    if (options.routes().containsKey(service)) {
      return Source.SETTINGS;
    }
    return served.contains(service) ? Source.REGISTRATION : Source.MEMORY;
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

package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.balance.CanaryChoice;
import dev.rollcall.proxy.balance.RequestFacts;
import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Canary;
import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.Trial;
import dev.rollcall.proxy.roll.Upstream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses upstreams for one request, each once while the roll stays as it is. Traffic loop only.
 */
final class UpstreamChoice {

  private final ForwardContext context;
  private final String service;
  private final RequestFacts facts;
  private final SelectionPolicy policy;
  private Set<Upstream> tried = Set.of();
  private @Nullable ServiceRoll triedOn;
  private boolean full;
  private @Nullable Boolean toCanary;

  UpstreamChoice(ForwardContext context, String service, RequestFacts facts) {
    this.context = context;
    this.service = service;
    this.facts = facts;
    this.policy = context.policies().apply(service);
  }

  /**
   * The next by the service's policy among those that are up now, or null. An ejected upstream that
   * waits for its trial goes before all of them.
   *
   * @param safe the request may be sent to another if this one fails, so it may be such a trial
   */
  @Nullable Upstream next(boolean safe) {
    ServiceRoll now = context.roll().snapshot().service(service);
    if (now == null) {
      return null;
    }
    Trial trial = safe && tried.isEmpty() ? now.trial() : null;
    Upstream onTrial = trial == null ? null : trial.claim();
    if (onTrial != null) {
      return onTrial;
    }
    int limit = context.options().admission(service).perInstance();
    Set<Upstream> passed = limit == Limits.NONE ? tried : triedOrFull(now, limit);
    Canary canary = now.canary();
    return canary == null
        ? policy.select(now.candidates(), facts, passed)
        : select(canary, now.candidates(), passed);
  }

  /** As {@link #next}; whom it has tried it may try again, once the roll has changed since. */
  @Nullable Upstream anew(boolean safe) {
    if (!tried.isEmpty() && triedOn != context.roll().snapshot().service(service)) {
      tried = Set.of();
    }
    return next(safe);
  }

  /** One of the group that the request belongs to, else one of the other. */
  private @Nullable Upstream select(Canary canary, Candidates others, Set<Upstream> passed) {
    SelectionPolicy canaryPolicy = context.policies().apply(canary.policyKey());
    if (toCanary == null) {
      toCanary = CanaryChoice.wanted(canary, others, policy, canaryPolicy, facts);
    }
    Upstream chosen =
        toCanary
            ? canaryPolicy.select(canary.candidates(), facts, passed)
            : policy.select(others, facts, passed);
    if (chosen != null) {
      return chosen;
    }
    return toCanary
        ? policy.select(others, facts, passed)
        : canaryPolicy.select(canary.candidates(), facts, passed);
  }

  /** True when the last choice failed, if it did, because somebody has as much as it may have. */
  boolean isFull() {
    return full;
  }

  /** False once it is down, or off the roll. */
  boolean isThere(Upstream upstream) {
    ServiceRoll now = context.roll().snapshot().service(service);
    return upstream.availability() != Availability.DOWN
        && now != null
        && now.upstreams().contains(upstream);
  }

  void exclude(Upstream upstream) {
    if (tried.isEmpty()) {
      tried = new HashSet<>(4);
    }
    tried.add(upstream);
    triedOn = context.roll().snapshot().service(service);
  }

  /** The cookie that keeps the client with this upstream, or null when the policy needs none. */
  @Nullable String cookie(Upstream chosen) {
    return policy.setCookie(facts, chosen);
  }

  private Set<Upstream> triedOrFull(ServiceRoll now, int limit) {
    Set<Upstream> passed = new HashSet<>(tried);
    full = false;
    pass(now.candidates(), limit, passed);
    if (now.canary() != null) {
      pass(now.canary().candidates(), limit, passed);
    }
    return passed;
  }

  private void pass(Candidates candidates, int limit, Set<Upstream> passed) {
    for (Upstream candidate : candidates.list()) {
      if (candidate.traffic().inFlight() >= limit) {
        full = true;
        passed.add(candidate);
      }
    }
  }
}

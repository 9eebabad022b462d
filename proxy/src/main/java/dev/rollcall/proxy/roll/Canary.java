package dev.rollcall.proxy.roll;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The instances of a service that try something new, beside those that don't. Immutable but for its
 * turns, which go on from one snapshot to the next.
 *
 * @param rule who they are and what they get
 * @param candidates who of them may take a request now; never empty
 * @param turns requests so far that the share decided
 * @param policyKey what their own selection policy is known by: turns among them are no turns among
 *     the others
 */
public record Canary(
    CanaryRule rule, Candidates candidates, AtomicInteger turns, String policyKey) {

  private static final String MARK = "\ncanary";

  static Canary of(String service, CanaryRule rule, Candidates candidates, AtomicInteger turns) {
    return new Canary(rule, candidates, turns, service + MARK);
  }

  /** The service that a policy's key stands for. */
  public static String serviceOf(String policyKey) {
    return policyKey.endsWith(MARK)
        ? policyKey.substring(0, policyKey.length() - MARK.length())
        : policyKey;
  }

  /**
   * Whether this request is one of its share. Exact over any {@link CanaryRule#WHOLE} requests, and
   * spread out among them.
   */
  public boolean takesTurn() {
    int share = rule.share();
    if (share == 0) {
      return false;
    }
    long turn = Math.floorMod(turns.getAndIncrement(), CanaryRule.WHOLE);
    return (turn + 1) * share / CanaryRule.WHOLE != turn * share / CanaryRule.WHOLE;
  }
}

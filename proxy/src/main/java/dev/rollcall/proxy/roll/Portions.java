package dev.rollcall.proxy.roll;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Which part of its weight an upstream may take: while it warms up, and while it is busy. The
 * roll's thread only.
 */
final class Portions {

  private final Map<Upstream, Double> warmth = new IdentityHashMap<>();
  private final Map<Upstream, Double> eased = new IdentityHashMap<>();

  /** Because it warms up; true when that is news. */
  boolean warm(Upstream upstream, double share) {
    return put(warmth, upstream, share);
  }

  /** Because it is busy; true when that is news. */
  boolean ease(Upstream upstream, double share) {
    return put(eased, upstream, share);
  }

  private static boolean put(Map<Upstream, Double> shares, Upstream upstream, double share) {
    Double before = share >= 1 ? shares.remove(upstream) : shares.put(upstream, share);
    return share < 1 ? before == null || before != share : before != null;
  }

  void forget(Upstream upstream) {
    warmth.remove(upstream);
    eased.remove(upstream);
  }

  /** Both together; absent: all of it. */
  Map<Upstream, Double> all() {
    if (eased.isEmpty()) {
      return warmth;
    }
    Map<Upstream, Double> shares = new IdentityHashMap<>(warmth);
    eased.forEach((upstream, share) -> shares.merge(upstream, share, (a, b) -> a * b));
    return shares;
  }
}

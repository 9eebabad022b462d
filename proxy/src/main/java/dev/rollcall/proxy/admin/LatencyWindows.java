package dev.rollcall.proxy.admin;

import dev.rollcall.proxy.roll.LatencyCounts;
import dev.rollcall.proxy.roll.Upstream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Each upstream's latency over the last minute or so: what it has counted since a copy that was
 * made then. Call {@link #turn} every {@value #TURN_SECONDS} seconds. Control thread only.
 */
final class LatencyWindows {

  static final int TURN_SECONDS = 10;
  private static final int TURNS = 6;

  private final Map<Upstream, Deque<LatencyCounts>> copies = new IdentityHashMap<>();

  /** Lets the window move on. */
  void turn(Collection<Upstream> present) {
    Set<Upstream> here = Collections.newSetFromMap(new IdentityHashMap<>());
    here.addAll(present);
    copies.keySet().retainAll(here);
    for (Upstream upstream : present) {
      Deque<LatencyCounts> own = copies.computeIfAbsent(upstream, u -> new ArrayDeque<>());
      own.addLast(shared(own.peekLast(), upstream.traffic().latency()));
      if (own.size() > TURNS) {
        own.removeFirst();
      }
    }
  }

  /** An idle upstream's copies are one object. */
  private static LatencyCounts shared(@Nullable LatencyCounts last, LatencyCounts now) {
    return last != null && last.total() == now.total() ? last : now;
  }

  /** What was counted within the window; everything, for one that is new. */
  LatencyCounts recent(Upstream upstream) {
    Deque<LatencyCounts> own = copies.get(upstream);
    LatencyCounts now = upstream.traffic().latency();
    return own == null || own.size() < TURNS ? now : now.minus(own.getFirst());
  }
}

package dev.rollcall.proxy.roll;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams of one service, in order of id, and what they claim. Most claim the same, so that
 * claims are counted. The roll's thread only.
 */
final class Members {

  private static final Comparator<Upstream> BY_ID = Comparator.comparing(Upstream::id);

  private final List<Upstream> inOrder = new ArrayList<>();
  private final Map<List<String>, Integer> claims = new HashMap<>();

  /** True when it claims what nobody of them did. */
  boolean add(Upstream upstream) {
    inOrder.add(-Collections.binarySearch(inOrder, upstream, BY_ID) - 1, upstream);
    return claims.merge(upstream.instance().routes(), 1, Integer::sum) == 1;
  }

  /** True when nobody of them claims any more what it did. */
  boolean remove(Upstream upstream) {
    inOrder.remove(Collections.binarySearch(inOrder, upstream, BY_ID));
    List<String> claimed = upstream.instance().routes();
    return claims.compute(claimed, (routes, count) -> less(count)) == null;
  }

  private static @Nullable Integer less(@Nullable Integer count) {
    return count == null || count == 1 ? null : count - 1;
  }

  boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /** In order of id; a copy. */
  List<Upstream> list() {
    return List.copyOf(inOrder);
  }

  /** Each list of routes that one of them claims. */
  Set<List<String>> claims() {
    return claims.keySet();
  }
}

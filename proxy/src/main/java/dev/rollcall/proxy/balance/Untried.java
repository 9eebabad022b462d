package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Whom a retry may still go to. Allocates: for retries only. */
final class Untried {

  private Untried() {}

  /** The candidates themselves when none was tried, else those with a weight that were not. */
  static Candidates of(Candidates candidates, Set<Upstream> tried) {
    if (tried.isEmpty()) {
      return candidates;
    }
    List<Upstream> list = new ArrayList<>();
    int[] weights = new int[candidates.size()];
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.weights()[i] > 0 && !tried.contains(candidates.get(i))) {
        weights[list.size()] = candidates.weights()[i];
        list.add(candidates.get(i));
      }
    }
    return list.isEmpty()
        ? Candidates.NONE
        : new Candidates(list, Arrays.copyOf(weights, list.size()));
  }
}

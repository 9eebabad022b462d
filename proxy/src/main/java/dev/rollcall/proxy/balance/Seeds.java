package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.HashMap;
import java.util.Map;

/**
 * What stands for each candidate in rendezvous hashing: a hash of its name, which outlives restarts
 * while the id does not, so that an instance that comes back gets its old keys back. Instances that
 * share a name are told apart by id.
 */
final class Seeds {

  private final long[] seeds;
  private final int[] weights;
  private final boolean equalWeights;
  private final long totalWeight;

  Seeds(Candidates candidates) {
    Map<String, Integer> names = new HashMap<>();
    for (Upstream upstream : candidates.list()) {
      names.merge(upstream.instance().name(), 1, Integer::sum);
    }
    this.weights = candidates.weights();
    this.seeds = new long[candidates.size()];
    boolean equal = true;
    long total = 0;
    for (int i = 0; i < seeds.length; i++) {
      Upstream upstream = candidates.get(i);
      String name = upstream.instance().name();
      boolean unique = names.getOrDefault(name, 0) == 1;
      seeds[i] = TextHash.of(unique ? name : name + '\n' + upstream.id());
      equal &= weights[i] == weights[0];
      total += weights[i];
    }
    this.equalWeights = equal;
    this.totalWeight = total;
  }

  long of(int index) {
    return seeds[index];
  }

  long totalWeight() {
    return totalWeight;
  }

  /**
   * How much a candidate wants a slot; the one that wants it most gets it. Each score depends on
   * nothing but slot, candidate and weight, so when one leaves, only its own slots move. With u
   * uniform between 0 and 1, the largest −w / ln u belongs to a candidate with a probability of its
   * share of all weights (Schindelhauer, Schomaker, "Weighted Distributed Hash Tables", 2005);
   * where all weigh the same, u itself does.
   */
  double score(int slot, int index) {
    long mixed = TextHash.mix(slot ^ seeds[index]);
    double uniform = ((mixed >>> 11) + 0.5) * 0x1p-53;
    return equalWeights ? uniform : -weights[index] / Math.log(uniform);
  }

  /** Index of the one that wants a slot most; -1 when none has a weight. */
  int highest(int slot) {
    int highest = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < seeds.length; i++) {
      double score = score(slot, i);
      if (score > most && weights[i] > 0) {
        highest = i;
        most = score;
      }
    }
    return highest;
  }
}

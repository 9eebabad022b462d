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
  private final boolean equalWeights;

  Seeds(Candidates candidates) {
    Map<String, Integer> names = new HashMap<>();
    for (Upstream upstream : candidates.list()) {
      names.merge(upstream.instance().name(), 1, Integer::sum);
    }
    this.seeds = new long[candidates.size()];
    boolean equal = true;
    for (int i = 0; i < seeds.length; i++) {
      Upstream upstream = candidates.get(i);
      String name = upstream.instance().name();
      boolean unique = names.getOrDefault(name, 0) == 1;
      seeds[i] = TextHash.of(unique ? name : name + '\n' + upstream.id());
      equal &= candidates.weights()[i] == candidates.weights()[0];
    }
    this.equalWeights = equal;
  }

  /**
   * How much a candidate wants a key; the one that wants it most gets it. Each score depends on
   * nothing but key, candidate and weight, so when one leaves, only its own keys move. With u
   * uniform between 0 and 1, the largest −w / ln u belongs to a candidate with a probability of its
   * share of all weights (Schindelhauer, Schomaker, "Weighted Distributed Hash Tables", 2005);
   * where all weigh the same, u itself does.
   */
  double score(long key, int index, int weight) {
    long mixed = TextHash.mix(key ^ seeds[index]);
    double uniform = ((mixed >>> 11) + 0.5) * 0x1p-53;
    return equalWeights ? uniform : -weight / Math.log(uniform);
  }
}

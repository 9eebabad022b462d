package dev.rollcall.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Many picks of a policy, and what they come to. */
final class Picks {

  private Picks() {}

  static Upstream one(SelectionPolicy policy, Candidates candidates) {
    return one(policy, candidates, RequestFacts.NONE);
  }

  static Upstream one(SelectionPolicy policy, Candidates candidates, RequestFacts request) {
    return Objects.requireNonNull(policy.select(candidates, request, Set.of()));
  }

  static List<Upstream> many(SelectionPolicy policy, Candidates candidates, int times) {
    List<Upstream> picked = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      picked.add(one(policy, candidates));
    }
    return picked;
  }

  static Map<Upstream, Integer> counts(Iterable<Upstream> picked) {
    Map<Upstream, Integer> counts = new HashMap<>();
    picked.forEach(u -> counts.merge(u, 1, Integer::sum));
    return counts;
  }

  /**
   * Each was picked in the proportion of its weight, give or take five standard deviations of a
   * binomial distribution.
   */
  static void assertByWeight(Map<Upstream, Integer> counts, Candidates candidates) {
    double picks = counts.values().stream().mapToInt(Integer::intValue).sum();
    double weights = Arrays.stream(candidates.weights()).sum();
    for (int i = 0; i < candidates.size(); i++) {
      double share = candidates.weights()[i] / weights;
      double deviation = Math.sqrt(picks * share * (1 - share));
      assertThat((double) counts.getOrDefault(candidates.get(i), 0))
          .as("%s of %s", candidates.get(i), counts)
          .isCloseTo(picks * share, within(5 * deviation + 1e-9));
    }
  }

  /** No policy may choose what was tried, or has no weight; all others can be reached. */
  static void assertNeverTried(SelectionPolicy policy, List<Upstream> four) {
    Candidates candidates = new Candidates(four, new int[] {1000, 1, 0, 2});
    for (int round = 0; round < 50; round++) {
      RequestFacts request = Facts.address("192.0.2." + round);
      Set<Upstream> tried = new HashSet<>();
      for (int left = 3; left > 0; left--) {
        Upstream next = policy.select(candidates, request, tried);
        assertThat(next).isNotNull().isNotSameAs(four.get(2));
        assertThat(tried.add(next)).isTrue();
      }
      assertThat(policy.select(candidates, request, tried)).isNull();
    }
    assertThat(policy.select(Candidates.NONE, RequestFacts.NONE, Set.of())).isNull();
  }
}

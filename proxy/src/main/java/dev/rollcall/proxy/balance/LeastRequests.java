package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whoever has the fewest requests in flight for its weight: right when requests differ much in
 * cost, as uploads and reports do.
 *
 * <p>Up to {@value #ALL} candidates it looks at all of them, so it finds the least busy one for
 * certain, at the cost of one read for each. Among equals it takes the one whose turn it would be
 * in round-robin, so that an idle service shows its names in turn; if that one is busier, another
 * of the equals is drawn by weight, by reservoir sampling (Chao, Biometrika 69, 1982), so that
 * being next in the list to a busy candidate is no advantage. Compare least_conn of nginx.
 *
 * <p>Of more it looks at those whose turn comes next, until one is idle, which nobody can be less
 * busy than, or {@value #LOOKS} are seen, and takes the least busy of them. With d looks the
 * busiest of n has about ln ln n / ln d more than the average (see {@link TwoChoices}): with 8
 * looks at 10 000, one more.
 *
 * <p>Beware: an instance that fails fast is always the least busy. Ejection takes it out.
 */
final class LeastRequests implements SelectionPolicy {

  private static final int ALL = 32;
  private static final int LOOKS = 8;

  private final Supplier<RandomGenerator> random;
  private final RoundRobin turns;

  LeastRequests(Supplier<RandomGenerator> random) {
    this.random = random;
    this.turns = new RoundRobin(random);
  }

  @Override
  public @Nullable Upstream select(
      Candidates candidates, RequestFacts request, Set<Upstream> tried) {
    Candidates rest = Untried.of(candidates, tried);
    if (rest.isEmpty()) {
      return null;
    }
    if (tried.isEmpty() && rest.size() > ALL) {
      return rest.get(leastOfSome(rest));
    }
    int least = least(rest);
    if (!tried.isEmpty()) {
      return rest.get(least);
    }
    int turn = turns.turn(rest);
    return rest.get(load(rest, turn) <= load(rest, least) ? turn : least);
  }

  private int leastOfSome(Candidates candidates) {
    int chosen = turns.turn(candidates);
    double least = load(candidates, chosen);
    for (int looks = 1; looks < LOOKS && least > 0; looks++) {
      int next = turns.turn(candidates);
      double load = load(candidates, next);
      if (load < least) {
        chosen = next;
        least = load;
      }
    }
    return chosen;
  }

  private int least(Candidates candidates) {
    int chosen = -1;
    double least = Double.POSITIVE_INFINITY;
    int equals = 0;
    for (int i = 0; i < candidates.size(); i++) {
      int weight = candidates.weights()[i];
      double load = load(candidates, i);
      if (load < least) {
        chosen = i;
        least = load;
        equals = weight;
      } else if (load == least && weight > 0) {
        equals += weight;
        chosen = random.get().nextInt(equals) < weight ? i : chosen;
      }
    }
    return chosen;
  }

  /** Infinite for weight 0: never the least, since candidates never are all of weight 0. */
  private static double load(Candidates candidates, int index) {
    int weight = candidates.weights()[index];
    return weight == 0
        ? Double.POSITIVE_INFINITY
        : (double) candidates.get(index).traffic().inFlight() / weight;
  }

  @Override
  public Preview preview(Candidates candidates, RequestFacts request) {
    if (candidates.isEmpty()) {
      return Preview.NOBODY;
    }
    if (candidates.size() > ALL) {
      return previewOfSome(candidates);
    }
    int turn = turns.next(candidates);
    int least = least(candidates);
    int chosen = load(candidates, turn) <= load(candidates, least) ? turn : least;
    return new Preview(
        candidates.get(chosen),
        "nobody has fewer requests in flight for its weight than its "
            + candidates.get(chosen).traffic().inFlight());
  }

  private Preview previewOfSome(Candidates candidates) {
    int chosen = turns.next(candidates);
    for (int looks = 1; looks < LOOKS && load(candidates, chosen) > 0; looks++) {
      int next = turns.next(candidates, looks);
      chosen = load(candidates, next) < load(candidates, chosen) ? next : chosen;
    }
    return new Preview(
        candidates.get(chosen),
        "of those whose turn comes next, none has fewer requests in flight for its weight than its "
            + candidates.get(chosen).traffic().inFlight());
  }

  @Override
  public String name() {
    return "least-requests";
  }
}

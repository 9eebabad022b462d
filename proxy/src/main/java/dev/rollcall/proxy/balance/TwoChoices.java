package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The cheaper of two that are drawn by weight. With the second choice the busiest of n gets about
 * ln ln n / ln 2 more than the average instead of ln n / ln ln n, at the price of one more look;
 * and unlike the search for the very best, it doesn't send everybody to the same one when what is
 * known of them is old. Source: M. Mitzenmacher, "The Power of Two Choices in Randomized Load
 * Balancing", IEEE TPDS 12 (2001).
 */
final class TwoChoices {

  /** What a request would cost on an upstream; compared only with one another. */
  interface Cost {

    /**
     * @param now monotonic nanoseconds
     */
    double of(Upstream upstream, int weight, long now);
  }

  private final Supplier<RandomGenerator> random;
  private final Cost cost;
  private final LongSupplier clock;
  private final Memo<Shares> shares = new Memo<>((all, before) -> new Shares(all.weights()));

  /**
   * @param clock read once for both
   */
  TwoChoices(Supplier<RandomGenerator> random, Cost cost, LongSupplier clock) {
    this.random = random;
    this.cost = cost;
    this.clock = clock;
  }

  @Nullable Upstream select(Candidates candidates, Set<Upstream> tried) {
    Candidates rest = Untried.of(candidates, tried);
    if (rest.isEmpty()) {
      return null;
    }
    Shares draw = tried.isEmpty() ? shares.of(rest) : new Shares(rest.weights());
    RandomGenerator dice = random.get();
    int first = draw.owner(dice.nextInt(draw.total()));
    int second = other(draw, first, dice);
    long now = clock.getAsLong();
    return cost(rest, second, now) < cost(rest, first, now) ? rest.get(second) : rest.get(first);
  }

  /** Certain only when there is no choice. */
  Preview preview(Candidates candidates, String why) {
    return switch (candidates.size()) {
      case 0 -> Preview.NOBODY;
      case 1 -> new Preview(candidates.get(0), "it is the only one");
      default -> new Preview(null, why);
    };
  }

  /**
   * Drawn by weight among all but one, by leaving that one's slots out; the same if it is alone.
   */
  private static int other(Shares draw, int first, RandomGenerator dice) {
    int others = draw.total() - draw.weight(first);
    if (others == 0) {
      return first;
    }
    int slot = dice.nextInt(others);
    return draw.owner(slot < draw.begin(first) ? slot : slot + draw.weight(first));
  }

  private double cost(Candidates candidates, int index, long now) {
    return cost.of(candidates.get(index), candidates.weights()[index], now);
  }
}

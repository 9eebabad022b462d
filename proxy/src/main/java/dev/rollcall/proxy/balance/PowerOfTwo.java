package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Of two drawn by weight, the one with fewer requests in flight for its weight: nearly as even as
 * {@link LeastRequests}, two looks however many candidates there are, and the better choice with
 * several proxies, which see only their own requests and would all run to the same least busy one.
 *
 * @see TwoChoices
 */
final class PowerOfTwo implements SelectionPolicy {

  private final TwoChoices choices;

  PowerOfTwo(Supplier<RandomGenerator> random) {
    this.choices =
        new TwoChoices(
            random, (u, weight, now) -> u.traffic().inFlight() / (double) weight, () -> 0);
  }

  @Override
  public @Nullable Upstream select(
      Candidates candidates, RequestFacts request, Set<Upstream> tried) {
    return choices.select(candidates, tried);
  }

  @Override
  public Preview preview(Candidates candidates, RequestFacts request) {
    return choices.preview(
        candidates, "of two drawn by weight, the one with fewer in flight for its weight");
  }

  @Override
  public String name() {
    return "power-of-two";
  }
}

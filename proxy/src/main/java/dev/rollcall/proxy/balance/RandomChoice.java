package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Anyone, as likely as it weighs. Needs no memory of what went before, so any number of proxies
 * spread their traffic alike; but by chance alone the busiest of n gets about ln n / ln ln n times
 * the average (Gonnet 1981). {@link PowerOfTwo} nearly always does better.
 */
final class RandomChoice implements SelectionPolicy {

  private final Supplier<RandomGenerator> random;
  private final Memo<Shares> shares = new Memo<>((all, before) -> new Shares(all.weights()));

  RandomChoice(Supplier<RandomGenerator> random) {
    this.random = random;
  }

  @Override
  public @Nullable Upstream select(
      Candidates candidates, RequestFacts request, Set<Upstream> tried) {
    Candidates rest = Untried.of(candidates, tried);
    if (rest.isEmpty()) {
      return null;
    }
    Shares draw = tried.isEmpty() ? shares.of(rest) : new Shares(rest.weights());
    return rest.get(draw.owner(random.get().nextInt(draw.total())));
  }

  @Override
  public Preview preview(Candidates candidates, RequestFacts request) {
    return candidates.isEmpty() ? Preview.NOBODY : new Preview(null, "one is drawn by weight");
  }

  @Override
  public String name() {
    return "random";
  }
}

package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Of two drawn by weight, the one that will probably answer sooner: expected latency × (requests in
 * flight + 1) / weight. Right when instances differ in speed: other hardware, a noisy neighbour, a
 * garbage collection that goes on.
 *
 * <p>The expected latency jumps up with one slow answer and comes down over ten seconds. One of
 * which nothing is known gets one request; until that is answered it counts as the worst. Source:
 * Peak EWMA of Finagle (com.twitter.finagle.loadbalancer.PeakEwma); M. Mitzenmacher, see {@link
 * TwoChoices}.
 */
final class PeakEwma implements SelectionPolicy {

  /** Nanoseconds, far above any latency; multiplied, so that two unknown ones still differ. */
  private static final double UNKNOWN = 1e18;

  private final TwoChoices choices;

  PeakEwma(Supplier<RandomGenerator> random) {
    this.choices = new TwoChoices(random, PeakEwma::cost, System::nanoTime);
  }

  private static double cost(Upstream upstream, int weight, long now) {
    double expected = upstream.traffic().expectedNanos(now);
    int inFlight = upstream.traffic().inFlight();
    return expected == 0 && inFlight > 0
        ? UNKNOWN * (inFlight + 1)
        : expected * (inFlight + 1) / weight;
  }

  @Override
  public @Nullable Upstream select(
      Candidates candidates, RequestFacts request, Set<Upstream> tried) {
    return choices.select(candidates, tried);
  }

  @Override
  public Preview preview(Candidates candidates, RequestFacts request) {
    return choices.preview(
        candidates, "of two drawn by weight, the one that will probably answer sooner");
  }

  @Override
  public String name() {
    return "peak-ewma";
  }
}

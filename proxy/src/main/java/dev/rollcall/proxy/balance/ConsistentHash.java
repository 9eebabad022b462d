package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Requests with the same key go to the same instance, whichever proxy they come through: right
 * where instances keep something for a key, such as a cache. Requests without the key go round
 * robin.
 *
 * <p>Rendezvous hashing (Thaler, Ravishankar, "Using Name-Based Mappings to Increase Hit Rates",
 * IEEE/ACM ToN 6, 1998; weights: see {@link Seeds}): every candidate has a score for the key's
 * {@linkplain Slots slot}, the highest wins. When an instance leaves, its keys are spread over the
 * others and no other key moves; when one joins, it takes its share and nothing moves between the
 * others. Looking at every score costs a few nanoseconds for each candidate, so among many the
 * winner is {@linkplain Homes remembered}.
 *
 * <p>Bounded load (Mirrokni, Thorup, Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA
 * 2018): a candidate that already has {@value #BOUND} times its share of what is in flight is
 * passed over for the next highest score, so that one hot key can't drown an instance. Up to
 * {@value #UNBOUNDED} in flight nothing is passed over: shares of a handful of requests mean
 * little, and a browser's six connections shall not scatter.
 */
final class ConsistentHash implements SelectionPolicy {

  private static final double BOUND = 1.25;
  private static final int UNBOUNDED = 16;

  private final String name;
  private final RequestKey key;
  private final boolean bounded;
  private final RoundRobin withoutKey;
  private final Memo<Homes> homes = new Memo<>(Homes::new);
  private final Memo<Crowd> crowds = new Memo<>((candidates, before) -> new Crowd(candidates));

  /**
   * @param bounded false: affinity at any price
   */
  ConsistentHash(String name, RequestKey key, boolean bounded, Supplier<RandomGenerator> random) {
    this.name = name;
    this.key = key;
    this.bounded = bounded;
    this.withoutKey = new RoundRobin(random);
  }

  @Override
  public @Nullable Upstream select(
      Candidates candidates, RequestFacts request, Set<Upstream> tried) {
    long hash = key.of(request);
    return hash == RequestKey.ABSENT
        ? withoutKey.select(candidates, request, tried)
        : home(candidates, hash, tried);
  }

  private @Nullable Upstream home(Candidates candidates, long hash, Set<Upstream> tried) {
    int slot = Slots.of(hash);
    Homes known = homes.of(candidates);
    int home = known.of(slot);
    if (home < 0) {
      return null;
    }
    Upstream upstream = candidates.get(home);
    if (tried.isEmpty() && (!bounded || upstream.traffic().inFlight() < UNBOUNDED)) {
      return upstream;
    }
    Seeds seeds = known.seeds();
    double each = bounded ? allowance(candidates, seeds) : Double.POSITIVE_INFINITY;
    if (tried.isEmpty() && hasRoom(upstream, each * candidates.weights()[home])) {
      return upstream;
    }
    Upstream chosen = highest(candidates, seeds, slot, tried, each);
    return chosen != null || !bounded
        ? chosen
        : highest(candidates, seeds, slot, tried, Double.POSITIVE_INFINITY);
  }

  /**
   * How many requests in flight a candidate may have for each unit of weight, this one included.
   */
  private double allowance(Candidates candidates, Seeds seeds) {
    return BOUND * (1 + crowds.of(candidates).inFlight()) / seeds.totalWeight();
  }

  private static @Nullable Upstream highest(
      Candidates candidates, Seeds scores, int slot, Set<Upstream> tried, double each) {
    Upstream highest = null;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < candidates.size(); i++) {
      Upstream upstream = candidates.get(i);
      int weight = candidates.weights()[i];
      double score = scores.score(slot, i);
      if (score > most
          && weight > 0
          && hasRoom(upstream, each * weight)
          && !tried.contains(upstream)) {
        highest = upstream;
        most = score;
      }
    }
    return highest;
  }

  private static boolean hasRoom(Upstream upstream, double allowed) {
    return upstream.traffic().inFlight() < Math.max(UNBOUNDED, Math.ceil(allowed));
  }

  @Override
  public Preview preview(Candidates candidates, RequestFacts request) {
    long hash = key.of(request);
    if (hash == RequestKey.ABSENT) {
      Preview turn = withoutKey.preview(candidates, request);
      return new Preview(
          turn.upstream(), "the request lacks what " + name + " hashes; " + turn.why());
    }
    Upstream chosen = home(candidates, hash, Set.of());
    if (chosen == null) {
      return Preview.NOBODY;
    }
    Upstream highest = candidates.get(homes.of(candidates).of(Slots.of(hash)));
    return new Preview(
        chosen,
        chosen == highest
            ? "its score for what " + name + " hashes is the highest"
            : highest + " has the highest score, but more than its share in flight; this is next");
  }

  @Override
  public String name() {
    return name;
  }
}

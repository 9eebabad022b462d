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
 * IEEE/ACM ToN 6, 1998; weights: see {@link Seeds}): every candidate has a score for the key, the
 * highest wins. When an instance leaves, its keys are spread over the others and no other key
 * moves; when one joins, it takes its share and nothing moves between the others. No table is
 * built, so a change of the roll costs nothing; a pick costs a few nanoseconds for each candidate.
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
  private final Memo<Seeds> seeds = new Memo<>((candidates, before) -> new Seeds(candidates));

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
    double each = bounded ? allowance(candidates) : Double.POSITIVE_INFINITY;
    Upstream chosen = highest(candidates, hash, tried, each);
    return chosen != null || !bounded
        ? chosen
        : highest(candidates, hash, tried, Double.POSITIVE_INFINITY);
  }

  /**
   * How many requests in flight a candidate may have for each unit of weight, this one included.
   */
  private static double allowance(Candidates candidates) {
    long inFlight = 1;
    long weight = 0;
    for (int i = 0; i < candidates.size(); i++) {
      inFlight += candidates.get(i).traffic().inFlight();
      weight += candidates.weights()[i];
    }
    return BOUND * inFlight / weight;
  }

  private @Nullable Upstream highest(
      Candidates candidates, long hash, Set<Upstream> tried, double each) {
    Seeds scores = seeds.of(candidates);
    Upstream highest = null;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < candidates.size(); i++) {
      Upstream upstream = candidates.get(i);
      int weight = candidates.weights()[i];
      double score = scores.score(hash, i, weight);
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
    Upstream highest = highest(candidates, hash, Set.of(), Double.POSITIVE_INFINITY);
    Upstream chosen = home(candidates, hash, Set.of());
    if (chosen == null) {
      return Preview.NOBODY;
    }
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

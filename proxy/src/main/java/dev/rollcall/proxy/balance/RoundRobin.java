package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Each in turn, as often as it weighs: the default, and right when requests cost about the same.
 *
 * <p>One position is shared by all traffic loops, so successive requests go to successive
 * candidates whichever connection they come on. A pick is an atomic increment and an array read; it
 * allocates nothing. Only the first pick after a change of the roll builds a {@link Schedule}.
 *
 * <p>A schedule of other candidates or weights begins at a random phase. Were it entered at the
 * bare position, changes in step with the traffic could favour some of the candidates: with {@code
 * a b} and {@code a b c d} in alternation, even positions would always mean {@code a} in the first.
 * The random phase also keeps several proxies from starting at the same candidate.
 */
final class RoundRobin implements SelectionPolicy {

  private final Supplier<RandomGenerator> random;
  private final AtomicInteger position;
  private final Memo<Round> rounds = new Memo<>(this::begin);

  /**
   * @param random for the calling thread
   */
  RoundRobin(Supplier<RandomGenerator> random) {
    this(random, 0);
  }

  RoundRobin(Supplier<RandomGenerator> random, int position) {
    this.random = random;
    this.position = new AtomicInteger(position);
  }

  @Override
  public @Nullable Upstream select(
      Candidates candidates, RequestFacts request, Set<Upstream> tried) {
    if (candidates.isEmpty()) {
      return null;
    }
    return tried.isEmpty() ? candidates.get(turn(candidates)) : untried(candidates, tried);
  }

  /** Index of the one whose turn it is among candidates, which must not be empty. */
  int turn(Candidates candidates) {
    return rounds.of(candidates).at(position.getAndIncrement());
  }

  /** Like {@link #turn}, without taking it. */
  int next(Candidates candidates) {
    return next(candidates, 0);
  }

  /** Whose turn it is after so many others. */
  int next(Candidates candidates, int ahead) {
    return rounds.of(candidates).at(position.get() + ahead);
  }

  /**
   * Skipping takes turns from the shared position: were the next in line taken without, it would
   * serve the retries of the candidate before it on top of its own turns. Where those that were
   * tried have nearly all the turns, one of the others is drawn.
   */
  private @Nullable Upstream untried(Candidates candidates, Set<Upstream> tried) {
    for (int attempt = 0; attempt < candidates.size(); attempt++) {
      Upstream next = candidates.get(turn(candidates));
      if (!tried.contains(next)) {
        return next;
      }
    }
    Candidates rest = Untried.of(candidates, tried);
    if (rest.isEmpty()) {
      return null;
    }
    Shares shares = new Shares(rest.weights());
    return rest.get(shares.owner(random.get().nextInt(shares.total())));
  }

  private Round begin(Candidates candidates, @Nullable Round before) {
    return before != null && before.hasSameTurns(candidates)
        ? new Round(candidates, before.schedule, before.phase)
        : new Round(candidates, Schedule.of(candidates.weights()), random.get().nextInt());
  }

  @Override
  public Preview preview(Candidates candidates, RequestFacts request) {
    return candidates.isEmpty()
        ? Preview.NOBODY
        : new Preview(candidates.get(next(candidates)), "its turn comes next");
  }

  @Override
  public String name() {
    return "round-robin";
  }

  private record Round(Candidates candidates, Schedule schedule, int phase) {

    int at(int position) {
      return schedule.at(position + phase);
    }

    /** The order by id makes equal members and weights equal turns, so that the round goes on. */
    boolean hasSameTurns(Candidates others) {
      return candidates.list().equals(others.list())
          && Arrays.equals(candidates.weights(), others.weights());
    }
  }
}

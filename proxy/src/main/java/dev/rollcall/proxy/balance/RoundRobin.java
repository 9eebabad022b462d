package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
  private final AtomicReference<Rounds> rounds = new AtomicReference<>(new Rounds(null, null));

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
    Round round = round(candidates);
    if (tried.isEmpty()) {
      return round.at(position.getAndIncrement());
    }
    return untried(round, tried);
  }

  /**
   * Skipping takes turns from the shared position: were the next in line taken without, it would
   * serve the retries of the candidate before it on top of its own turns.
   */
  private @Nullable Upstream untried(Round round, Set<Upstream> tried) {
    Candidates candidates = round.candidates;
    for (int attempt = 0; attempt < candidates.size(); attempt++) {
      Upstream next = round.at(position.getAndIncrement());
      if (!tried.contains(next)) {
        return next;
      }
    }
    return Untried.from(candidates, tried, position.get());
  }

  private Round round(Candidates candidates) {
    while (true) {
      Rounds known = Objects.requireNonNull(rounds.get());
      Round round = known.find(candidates);
      if (round != null) {
        return round;
      }
      round = begin(candidates, known.latest);
      if (rounds.compareAndSet(known, new Rounds(round, known.latest))) {
        return round;
      }
    }
  }

  private Round begin(Candidates candidates, @Nullable Round before) {
    return before != null && before.hasSameTurns(candidates)
        ? new Round(candidates, before.schedule, before.phase)
        : new Round(candidates, Schedule.of(candidates.weights()), random.get().nextInt());
  }

  @Override
  public String name() {
    return "round-robin";
  }

  /**
   * The two last rounds: at a change, loops may hold the old and the new snapshot for a moment, and
   * neither shall rebuild the other's.
   */
  private record Rounds(@Nullable Round latest, @Nullable Round before) {

    @Nullable Round find(Candidates candidates) {
      if (latest != null && latest.candidates == candidates) {
        return latest;
      }
      return before != null && before.candidates == candidates ? before : null;
    }
  }

  private record Round(Candidates candidates, Schedule schedule, int phase) {

    Upstream at(int position) {
      return candidates.get(schedule.at(position + phase));
    }

    /** The order by id makes equal members and weights equal turns, so that the round goes on. */
    boolean hasSameTurns(Candidates others) {
      return candidates.list().equals(others.list())
          && Arrays.equals(candidates.weights(), others.weights());
    }
  }
}

package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Something computed once for each {@link Candidates} and shared by all traffic loops.
 *
 * <p>It keeps the two last ones: at a change, loops hold the old and the new snapshot for a moment,
 * and neither shall throw out the other's. Finding it is a volatile read and a comparison. When two
 * loops compute for the same candidates at once, both go on with the first to finish.
 */
final class Memo<T extends Object> {

  private final BiFunction<Candidates, @Nullable T, T> compute;
  private final AtomicReference<Known<T>> known = new AtomicReference<>(new Known<>(null, null));

  /**
   * @param compute from the candidates and what was computed last, which may be of other candidates
   */
  Memo(BiFunction<Candidates, @Nullable T, T> compute) {
    this.compute = compute;
  }

  T of(Candidates candidates) {
    while (true) {
      Known<T> now = Objects.requireNonNull(known.get());
      T found = now.find(candidates);
      if (found != null) {
        return found;
      }
      Entry<T> latest = now.latest;
      T value = compute.apply(candidates, latest == null ? null : latest.value);
      if (known.compareAndSet(now, new Known<>(new Entry<>(candidates, value), latest))) {
        return value;
      }
    }
  }

  /** What was computed last, or null. */
  @Nullable T latest() {
    Entry<T> latest = Objects.requireNonNull(known.get()).latest;
    return latest == null ? null : latest.value;
  }

  private record Entry<T extends Object>(Candidates candidates, T value) {}

  private record Known<T extends Object>(@Nullable Entry<T> latest, @Nullable Entry<T> before) {

    @Nullable T find(Candidates candidates) {
      if (latest != null && latest.candidates == candidates) {
        return latest.value;
      }
      return before != null && before.candidates == candidates ? before.value : null;
    }
  }
}

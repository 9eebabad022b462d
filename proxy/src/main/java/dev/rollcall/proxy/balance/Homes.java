package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which candidate each slot belongs to. With few candidates it is found out at each pick; with
 * many, when a slot is first asked for, and remembered. A change of the roll hands down what was
 * known, a chunk at a time as it is asked for: only the slots of those that left are forgotten.
 *
 * <p>Shared by all traffic loops. They may write the same index twice; nothing locks.
 */
final class Homes {

  /** Up to so many candidates, looking at all of them costs no more than remembering. */
  private static final int FEW = 32;

  private static final int CHUNK_BITS = 10;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int CHUNKS = Slots.COUNT / CHUNK;

  /** Changes of the roll over which a chunk outlasts that nobody asks for it. */
  private static final int GENERATIONS = 8;

  private final Candidates candidates;
  private final Seeds seeds;

  /** In each chunk, index + 1 by slot; 0: not known. Null: none of its slots is. */
  private final @Nullable AtomicReferenceArray<int @Nullable []> chunks;

  private volatile @Nullable Homes before;
  private final @Nullable Heritage heritage;

  /**
   * @param before of former candidates, or null
   */
  Homes(Candidates candidates, @Nullable Homes before) {
    this.candidates = candidates;
    this.seeds = new Seeds(candidates);
    boolean few = candidates.size() <= FEW;
    this.chunks = few ? null : new AtomicReferenceArray<>(CHUNKS);
    this.heritage =
        few || before == null || before.chunks == null
            ? null
            : Heritage.of(before.candidates, before.seeds, candidates, seeds);
    if (heritage != null && before != null) {
      this.before = before;
      before.end(GENERATIONS);
    }
  }

  Seeds seeds() {
    return seeds;
  }

  /** Index of the candidate that a slot belongs to; -1 when none has a weight. */
  int of(int slot) {
    if (chunks == null) {
      return seeds.highest(slot);
    }
    int[] chunk = chunk(slot >>> CHUNK_BITS);
    int known = chunk[slot & CHUNK - 1];
    if (known > 0) {
      return known - 1;
    }
    int found = seeds.highest(slot);
    chunk[slot & CHUNK - 1] = found + 1;
    return found;
  }

  private int[] chunk(int number) {
    AtomicReferenceArray<int @Nullable []> all = Objects.requireNonNull(chunks);
    int[] known = all.get(number);
    if (known != null) {
      return known;
    }
    int[] inherited = inherit(number);
    int[] chunk = inherited == null ? new int[CHUNK] : inherited;
    // Whoever was faster may know more already.
    int[] winner = all.compareAndExchange(number, null, chunk);
    return winner == null ? chunk : winner;
  }

  /** Takes a chunk over from those before; they lose it, since they are about to be forgotten. */
  private int @Nullable [] inherit(int number) {
    Homes former = before;
    if (former == null || former.chunks == null || heritage == null) {
      return null;
    }
    int[] known = former.chunks.getAndSet(number, null);
    int[] old = known == null ? former.inherit(number) : known;
    if (old == null) {
      return null;
    }
    int[] heirs = new int[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
      if (old[i] > 0) {
        int slot = number << CHUNK_BITS | i;
        heirs[i] = heritage.heir(old[i] - 1, slot, seeds, candidates.weights()) + 1;
      }
    }
    return heirs;
  }

  /** After so many generations nobody is asked any more. */
  private void end(int generations) {
    Homes former = before;
    if (former != null) {
      if (generations == 0) {
        before = null;
      } else {
        former.end(generations - 1);
      }
    }
  }
}

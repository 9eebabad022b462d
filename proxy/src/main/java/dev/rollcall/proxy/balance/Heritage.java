package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What former candidates mean for later ones: who is where in the list now, and who is to be heard
 * anew. Since a score depends on nothing but slot, candidate and weight, whoever had a slot keeps
 * it, unless it is gone or weighs less, or a newcomer (or one that weighs more) wants it more.
 */
final class Heritage {

  /** With more newcomers than this it is cheaper to begin anew. */
  private static final int NEWCOMERS = 16;

  private static final int GONE = -1;

  private final int[] nowAt;
  private final int[] newcomers;

  private Heritage(int[] nowAt, int[] newcomers) {
    this.nowAt = nowAt;
    this.newcomers = newcomers;
  }

  /** Both lists are in order of id. Null: too much is new. */
  static @Nullable Heritage of(
      Candidates before, Seeds seedsBefore, Candidates now, Seeds seedsNow) {
    int[] nowAt = new int[before.size()];
    Arrays.fill(nowAt, GONE);
    int[] newcomers = new int[NEWCOMERS];
    int count = 0;
    // Weights of all may have become finer: what counts is a candidate's own beside the largest.
    long scaleBefore = largest(before.weights());
    long scaleNow = largest(now.weights());
    int old = 0;
    for (int i = 0; i < now.size(); i++) {
      Upstream upstream = now.get(i);
      while (old < before.size()
          && before.get(old) != upstream
          && before.get(old).id().compareTo(upstream.id()) < 0) {
        old++;
      }
      long change = 1;
      if (old < before.size()
          && before.get(old).id().equals(upstream.id())
          && seedsBefore.of(old) == seedsNow.of(i)) {
        change = now.weights()[i] * scaleBefore - before.weights()[old] * scaleNow;
        nowAt[old] = change < 0 ? GONE : i;
      }
      if (change != 0) {
        if (count == NEWCOMERS) {
          return null;
        }
        newcomers[count++] = i;
      }
    }
    return new Heritage(nowAt, Arrays.copyOf(newcomers, count));
  }

  private static long largest(int[] weights) {
    int largest = 1;
    for (int weight : weights) {
      largest = Math.max(largest, weight);
    }
    return largest;
  }

  /** Who has a slot that belonged to {@code owner}, or -1: that has to be found out. */
  int heir(int owner, int slot, Seeds seeds, int[] weights) {
    int heir = nowAt[owner];
    if (heir == GONE) {
      return GONE;
    }
    double most = seeds.score(slot, heir);
    for (int newcomer : newcomers) {
      double score = seeds.score(slot, newcomer);
      if (score > most && weights[newcomer] > 0) {
        heir = newcomer;
        most = score;
      }
    }
    return heir;
  }
}

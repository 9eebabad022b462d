package dev.rollcall.proxy.balance;

import java.util.Arrays;

/**
 * Who owns which of the slots 0 to {@link #total} − 1: neighbouring ones, as many as it weighs.
 * Immutable. A slot drawn at random is a candidate drawn by weight.
 */
final class Shares {

  /** Candidate i owns the slots from ends[i - 1] to ends[i] - 1. */
  private final int[] ends;

  /**
   * @throws ArithmeticException if they weigh more than {@link Integer#MAX_VALUE} together
   */
  Shares(int[] weights) {
    this.ends = new int[weights.length];
    int end = 0;
    for (int i = 0; i < weights.length; i++) {
      end = Math.addExact(end, weights[i]);
      ends[i] = end;
    }
  }

  int total() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  int begin(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  int weight(int index) {
    return ends[index] - begin(index);
  }

  /** The candidate that owns a slot; one of weight 0 owns none. */
  int owner(int slot) {
    int found = Arrays.binarySearch(ends, slot + 1);
    return found >= 0 ? firstWithSameEnd(found) : -found - 1;
  }

  /** Those of weight 0 repeat their forerunner's end. */
  private int firstWithSameEnd(int index) {
    int first = index;
    while (first > 0 && ends[first - 1] == ends[index]) {
      first--;
    }
    return first;
  }
}

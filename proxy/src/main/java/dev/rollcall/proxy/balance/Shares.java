package dev.rollcall.proxy.balance;

/**
 * Who owns which of the slots 0 to {@link #total} − 1: neighbouring ones, as many as it weighs.
 * Immutable. A slot drawn at random is a candidate drawn by weight.
 *
 * <p>The owner is found by a guide table (Chen, Asau, "On Generating Random Variates from an
 * Empirical Distribution", AIIE Transactions 6, 1974): the slots are cut into about as many equal
 * parts as there are candidates, and the table knows who owns the first slot of each. From there a
 * slot drawn at random is a step or two away, however many candidates there are.
 */
final class Shares {

  /** Candidate i owns the slots from ends[i - 1] to ends[i] - 1. */
  private final int[] ends;

  /** Who owns the first slot of each part. */
  private final int[] guide;

  /** A part has 2 to the power of this many slots. */
  private final int shift;

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
    this.shift = 31 - Integer.numberOfLeadingZeros(Math.max(1, end / Math.max(1, weights.length)));
    this.guide = new int[end == 0 ? 0 : (end - 1 >>> shift) + 1];
    int owner = 0;
    for (int part = 0; part < guide.length; part++) {
      owner = from(owner, part << shift);
      guide[part] = owner;
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
    return from(guide[slot >>> shift], slot);
  }

  private int from(int index, int slot) {
    int owner = index;
    while (ends[owner] <= slot) {
      owner++;
    }
    return owner;
  }
}

package dev.rollcall.proxy.balance;

/**
 * An order of turns that gives each candidate exactly its weight over one period, spread out.
 * Immutable.
 */
sealed interface Schedule permits SmoothSchedule, StrideSchedule {

  /**
   * Building a {@link SmoothSchedule} takes candidates × turns steps, and a traffic loop does it at
   * each change of the roll: a quarter of a million steps stay under a millisecond. Beyond, the
   * stride schedule is built in one pass over the candidates.
   */
  long SMOOTH_LIMIT = 1 << 18;

  /**
   * Whose turn it is.
   *
   * @param position any number; turns repeat after {@link #period}, also across negative ones
   * @return index of a candidate whose weight is not 0
   */
  int at(int position);

  /** Turns after which the order repeats. */
  int period();

  /** The order for these weights, of which at least one is positive and none negative. */
  static Schedule of(int[] weights) {
    int divisor = 0;
    for (int weight : weights) {
      divisor = gcd(divisor, weight);
    }
    int[] reduced = new int[weights.length];
    long period = 0;
    for (int i = 0; i < weights.length; i++) {
      reduced[i] = weights[i] / divisor;
      period += reduced[i];
    }
    return period * weights.length <= SMOOTH_LIMIT
        ? new SmoothSchedule(reduced, (int) period)
        : new StrideSchedule(reduced);
  }

  private static int gcd(int a, int b) {
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}

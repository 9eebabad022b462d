package dev.rollcall.proxy.balance;

/**
 * Smooth weighted round-robin, written out once for a whole period.
 *
 * <p>At each turn every candidate gains its weight in credit, the richest goes and pays the sum of
 * all weights. So weights 5, 1, 1 give a a b a c a a, not five times a in a row; after one period
 * all credits are 0 again and each candidate went exactly as often as it weighs. Source: the smooth
 * balancing of nginx 1.3.1 (ngx_http_upstream_round_robin, change
 * 52327e0627383dbd95e9ff8ba2fb4aaf).
 */
final class SmoothSchedule implements Schedule {

  private final int[] turns;

  SmoothSchedule(int[] weights, int period) {
    this.turns = new int[period];
    int[] credit = new int[weights.length];
    for (int turn = 0; turn < period; turn++) {
      turns[turn] = richest(credit, weights);
      credit[turns[turn]] -= period;
    }
  }

  private static int richest(int[] credit, int[] weights) {
    int best = 0;
    for (int i = 0; i < credit.length; i++) {
      credit[i] += weights[i];
      if (credit[i] > credit[best]) {
        best = i;
      }
    }
    return best;
  }

  @Override
  public int at(int position) {
    return turns[Math.floorMod(position, turns.length)];
  }

  @Override
  public int period() {
    return turns.length;
  }
}

package dev.rollcall.proxy.roll;

/**
 * What is left of a value that fades: e^(−t/τ) for whole milliseconds t. The power of a sum is the
 * product of powers, so two small tables hold a minute of it; a policy asks twice for each request.
 */
final class Decay {

  private static final int BITS = 8;
  private static final int SIZE = 1 << BITS;

  private final double tauMillis;
  private final double[] fine = new double[SIZE];
  private final double[] coarse = new double[SIZE];

  Decay(double tauMillis) {
    this.tauMillis = tauMillis;
    for (int i = 0; i < SIZE; i++) {
      fine[i] = Math.exp(-i / tauMillis);
      coarse[i] = Math.exp(-(i << BITS) / tauMillis);
    }
  }

  /** The share that is left; all of it when no time has passed. */
  double after(int millis) {
    if (millis <= 0) {
      return 1;
    }
    int high = millis >>> BITS;
    return high < SIZE ? coarse[high] * fine[millis & SIZE - 1] : Math.exp(-millis / tauMillis);
  }
}

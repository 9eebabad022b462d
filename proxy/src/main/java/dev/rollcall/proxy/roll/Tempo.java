package dev.rollcall.proxy.roll;

import java.util.function.LongSupplier;

/**
 * How soon after a snapshot the next one may be built. A small roll shows each change at once. A
 * large one costs time to look through, so that many changes in a burst (a deployment, a switch
 * that fails) are shown together: then building takes a small part of the control thread at most,
 * and the first change after a pause is still shown at once. The roll's thread only.
 */
final class Tempo {

  /** Up to so many upstreams there is nothing to save. */
  private static final int SMALL = 500;

  /** Several times what it takes to look at one. */
  private static final long EACH_NANOS = 400;

  private final LongSupplier nanoTime;
  private long shownAt;
  private boolean shown;

  /**
   * @param nanoTime monotonic nanoseconds
   */
  Tempo(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean allows(int upstreams) {
    if (upstreams <= SMALL) {
      return true;
    }
    return !shown || nanoTime.getAsLong() - shownAt >= upstreams * EACH_NANOS;
  }

  void shown() {
    shown = true;
    shownAt = nanoTime.getAsLong();
  }
}

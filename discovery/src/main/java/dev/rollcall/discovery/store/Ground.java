package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Signature;
import java.util.function.LongSupplier;

/**
 * What all stands on that keeps something in the registry.
 *
 * @param store where it is written
 * @param loop where it lives; another for each that has a life of its own
 * @param signature by which it is believed
 * @param pace how often it looks, and how long it waits
 * @param nanoTime a monotonic clock
 */
record Ground(Store store, Loop loop, Signature signature, Pace pace, LongSupplier nanoTime) {

  /** The same on another loop. */
  Ground on(Loop other) {
    return new Ground(store, other, signature, pace, nanoTime);
  }

  long now() {
    return nanoTime.getAsLong();
  }
}

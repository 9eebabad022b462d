package dev.rollcall.discovery.resolver;

import io.vertx.core.net.endpoint.ServerSelector;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Smooth weighted round-robin (as nginx has it: each gains its weight, the richest is chosen and
 * pays the sum) among the least crowded. Any thread; takes a lock for a few additions.
 */
final class SmoothSelector implements ServerSelector {

  private final List<Tally> all;
  private final ToDoubleFunction<Tally> crowded;
  private final LongSupplier nanoTime;
  private final long avoided;

  /**
   * @param crowded lower is better; those that are equally low take turns
   * @param avoided nanoseconds after a failure
   */
  SmoothSelector(
      List<Tally> all, ToDoubleFunction<Tally> crowded, LongSupplier nanoTime, long avoided) {
    this.all = List.copyOf(all);
    this.crowded = crowded;
    this.nanoTime = nanoTime;
    this.avoided = avoided;
  }

  @Override
  public synchronized int select() {
    long now = nanoTime.getAsLong();
    int good = choose(now, true);
    return good >= 0 ? good : choose(now, false);
  }

  private int choose(long now, boolean avoiding) {
    double[] crowds = new double[all.size()];
    double least = Double.MAX_VALUE;
    for (int i = 0; i < crowds.length; i++) {
      boolean fits = !avoiding || !all.get(i).failedWithin(avoided, now);
      crowds[i] = fits ? crowded.applyAsDouble(all.get(i)) : Double.POSITIVE_INFINITY;
      least = Math.min(least, crowds[i]);
    }
    int chosen = -1;
    long sum = 0;
    for (int i = 0; i < crowds.length; i++) {
      Tally tally = all.get(i);
      if (crowds[i] <= least) {
        sum += tally.weight();
        tally.credit += tally.weight();
        if (chosen < 0 || tally.credit > all.get(chosen).credit) {
          chosen = i;
        }
      }
    }
    if (chosen >= 0) {
      all.get(chosen).credit -= sum;
    }
    return chosen;
  }
}

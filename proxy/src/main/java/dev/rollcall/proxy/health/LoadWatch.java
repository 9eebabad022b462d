package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Pulse;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Lowers the share of instances that are busier than their neighbours, by the word of their
 * heartbeats: CPU use, and requests in flight, those of other proxies included. Control thread.
 *
 * <p>The arithmetic, once a second: with load l (CPU 0 to 1, smoothed over some three seconds) the
 * spare is 1 − l, and the share is the spare relative to the most idle neighbour's; with q requests
 * in flight for each unit of weight it is (least q + 10) / (q + 10), so that few requests make no
 * difference. The smaller of the two counts, never less than a quarter: heartbeats are old news,
 * and who gets nothing can't show that it is well again. Nine tenths count as all. A share moves
 * when it would change by a tenth at least, so that the picture that traffic reads isn't built anew
 * for nothing.
 */
final class LoadWatch {

  private static final long EVERY = Duration.ofSeconds(1).toNanos();
  private static final double LEAST = 0.25;
  private static final double STEP = 0.1;
  private static final double SMOOTHING = 0.3;
  private static final double LEAST_SPARE = 0.05;
  private static final int FEW = 10;

  private final Roll roll;
  private final Map<Upstream, Double> loads = new IdentityHashMap<>();
  private final Map<Upstream, Double> shares = new IdentityHashMap<>();
  private long lookedAt;

  LoadWatch(Roll roll, long now) {
    this.roll = roll;
    this.lookedAt = now;
  }

  /** Looks once a second, however often it is called. */
  void tick(Collection<Vigil> vigils, Function<String, HealthOptions> options, long now) {
    if (now - lookedAt < EVERY) {
      return;
    }
    lookedAt = now;
    Map<String, List<Upstream>> busy = new TreeMap<>();
    Set<Upstream> present = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Vigil vigil : vigils) {
      if (options.apply(vigil.service()).weighByLoad() && tells(vigil)) {
        busy.computeIfAbsent(vigil.service(), s -> new ArrayList<>()).add(vigil.upstream());
        present.add(vigil.upstream());
      }
    }
    for (Upstream upstream : List.copyOf(shares.keySet())) {
      if (!present.contains(upstream)) {
        ease(upstream, 1);
      }
    }
    loads.keySet().retainAll(present);
    busy.values().forEach(this::compare);
  }

  private static boolean tells(Vigil vigil) {
    return vigil.isLeased()
        && vigil.availability() == Availability.UP
        && vigil.upstream().pulse().beatenAt() != Pulse.NEVER
        && vigil.upstream().weight() > 0;
  }

  private void compare(List<Upstream> service) {
    double mostSpare = LEAST_SPARE;
    double leastQueue = Double.MAX_VALUE;
    for (Upstream upstream : service) {
      mostSpare = Math.max(mostSpare, spare(learn(upstream)));
      leastQueue = Math.min(leastQueue, queue(upstream));
    }
    for (Upstream upstream : service) {
      double cpu = spare(loads.getOrDefault(upstream, 0.0)) / mostSpare;
      double requests = (leastQueue + FEW) / (queue(upstream) + FEW);
      double raw = Math.max(LEAST, Math.min(cpu, requests));
      double share = raw > 1 - STEP ? 1 : raw;
      double present = shares.getOrDefault(upstream, 1.0);
      if (Math.abs(share - present) >= STEP || (share == 1 && present < 1)) {
        ease(upstream, Math.round(share * 100) / 100.0);
      }
    }
  }

  /** Smoothed; an instance that doesn't know its load counts as idle. */
  private double learn(Upstream upstream) {
    double now = Math.max(0, Math.min(1, upstream.pulse().beatLoad()));
    return loads.merge(upstream, now, (before, news) -> before + SMOOTHING * (news - before));
  }

  private static double spare(double load) {
    return Math.max(LEAST_SPARE, 1 - load);
  }

  private static double queue(Upstream upstream) {
    return (double) upstream.pulse().beatInFlight() / upstream.weight();
  }

  private void ease(Upstream upstream, double share) {
    if (share >= 1) {
      shares.remove(upstream);
    } else {
      shares.put(upstream, share);
    }
    roll.ease(upstream, share);
  }
}

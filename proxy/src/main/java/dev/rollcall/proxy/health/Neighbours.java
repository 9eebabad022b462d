package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Registry;
import dev.rollcall.proxy.health.OutlierDetector.Tally;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Pulse;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the upstreams of a service, and knows when the registry is in doubt. Control thread. */
final class Neighbours implements Neighbourhood {

  private final Map<String, Set<Vigil>> services = new HashMap<>();
  private final Census census;
  private @Nullable Registry registry;
  private long stoodStillUntil;

  Neighbours(Census census, long now) {
    this.census = census;
    this.stoodStillUntil = now - Duration.ofDays(1).toNanos();
  }

  void add(Vigil vigil) {
    services.computeIfAbsent(vigil.service(), name -> new LinkedHashSet<>()).add(vigil);
  }

  void remove(Vigil vigil) {
    Set<Vigil> service = services.get(vigil.service());
    if (service != null && service.remove(vigil) && service.isEmpty()) {
      services.remove(vigil.service());
    }
  }

  void registry(Registry joined) {
    registry = joined;
  }

  void stoodStill(long until) {
    stoodStillUntil = until;
  }

  @Override
  public long stoodStillUntil() {
    return stoodStillUntil;
  }

  /**
   * The registry says so itself, or most of the roll fell silent together: since those that answer
   * no probe are down for that reason and don't count, what remains are instances that live and yet
   * aren't heard.
   */
  @Override
  public boolean inDoubt(Vigil of) {
    return census.mostAreSilent() || (registry != null && registry.inDoubt(of.upstream().id()));
  }

  @Override
  public boolean mayEject(Vigil of) {
    long alive = service(of).filter(Neighbours::isAlive).count();
    long ejected = service(of).filter(v -> v.availability() == Availability.EJECTED).count();
    return (ejected + 1) * 2 <= alive;
  }

  private static boolean isAlive(Vigil vigil) {
    return switch (vigil.availability()) {
      case UP, SUSPECT, EJECTED -> true;
      case JOINING, DRAINING, DOWN -> false;
    };
  }

  @Override
  public boolean answeredSince(Vigil of, long since) {
    return others(of).anyMatch(v -> v.situation().answeredSince(since));
  }

  @Override
  public boolean isIdle(Vigil of, long now) {
    return others(of).findAny().isPresent() && others(of).noneMatch(v -> v.situation().waits(now));
  }

  @Override
  public boolean isLast(Vigil of) {
    return others(of).findAny().isEmpty();
  }

  /**
   * Share of failures in the last 10 s, or share of those who are failing in a row: when a whole
   * service begins to fail, the first to reach the limit is no worse than the others.
   */
  @Override
  public double failing(Vigil of) {
    double ofLate =
        others(of).map(v -> v.situation().tally()).reduce(Tally.NONE, Tally::plus).share();
    double now = others(of).mapToDouble(v -> v.situation().isFailing() ? 1 : 0).average().orElse(0);
    return Math.max(ofLate, now);
  }

  @Override
  public long slowest(Vigil of) {
    return service(of).mapToLong(v -> v.situation().slowest()).max().orElse(0);
  }

  private Stream<Vigil> others(Vigil of) {
    Predicate<Vigil> up = v -> v.availability() == Availability.UP;
    return service(of).filter(v -> v != of).filter(up);
  }

  private Stream<Vigil> service(Vigil of) {
    return services.getOrDefault(of.service(), Set.of()).stream();
  }

  static boolean isAfter(long time, long from) {
    return time != Pulse.NEVER && time - from > 0;
  }
}

package dev.rollcall.discovery.store;

import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceChange.Beaten;
import dev.rollcall.discovery.InstanceChange.Overridden;
import dev.rollcall.discovery.InstanceChange.Registered;
import dev.rollcall.discovery.InstanceOverride;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is believed to be on the roll at present, and what operators wish of whom. The {@link Ledger}
 * alone writes it; whoever lives on the same thread may ask. One thread.
 */
final class BelievedRoll {

  private final LongSupplier nanoTime;
  private final Map<String, Known> live = new HashMap<>();
  private final Map<String, InstanceOverride> wishes = new HashMap<>();

  /**
   * @param nanoTime monotonic nanoseconds
   */
  BelievedRoll(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What is known of one that is on the roll, or null. */
  @Nullable Known known(String id) {
    return live.get(id);
  }

  /** What an operator wishes of it, on the roll or not yet; or null. */
  @Nullable InstanceOverride wish(String id) {
    return wishes.get(id);
  }

  /** How many are on the roll. */
  int size() {
    return live.size();
  }

  /** How many of such ids are on the roll. */
  long count(Predicate<String> ids) {
    return live.keySet().stream().filter(ids).count();
  }

  /** Whose entries of that map are believed; stays as it is. */
  List<String> ids(RollMap map) {
    return switch (map) {
      case INSTANCES -> List.copyOf(live.keySet());
      case OVERRIDES -> List.copyOf(wishes.keySet());
      case BEATS, DRAINS, PROXIES, PULSES, PACE -> List.of();
    };
  }

  /** The ids of those that go by one of these names: their own, or their client's. */
  List<String> named(Set<String> names) {
    return live.values().stream()
        .filter(entry -> entry.goesBy(names))
        .map(entry -> entry.instance.id())
        .toList();
  }

  /**
   * Those that should have been heard by now, after 1.5 heartbeats, and how long they are silent.
   */
  Map<String, Duration> silence() {
    long now = nanoTime.getAsLong();
    Map<String, Duration> silence = new HashMap<>();
    for (Known entry : live.values()) {
      long since = now - entry.heard;
      if (since > entry.due) {
        silence.put(entry.instance.id(), Duration.ofNanos(since));
      }
    }
    return silence;
  }

  /** Tells a newcomer everything that stands now. */
  void tell(Consumer<InstanceChange> newcomer) {
    for (Known entry : List.copyOf(live.values())) {
      newcomer.accept(new Registered(entry.instance));
      if (entry.beat != null) {
        newcomer.accept(new Beaten(entry.instance.id(), entry.beat));
      }
      InstanceOverride wish = wishes.get(entry.instance.id());
      if (wish != null) {
        newcomer.accept(new Overridden(entry.instance.id(), wish));
      }
    }
  }

  /** Puts it on the roll, in the place of what was known of it. */
  void put(Known entry) {
    live.put(entry.instance.id(), entry);
  }

  /** Takes it off the roll; what was known of it, or null. */
  @Nullable Known remove(String id) {
    return live.remove(id);
  }

  /** An operator wishes this from now on; true when that is news. */
  boolean wish(String id, InstanceOverride wish) {
    return !wish.equals(wishes.put(id, wish));
  }

  /** Nobody wishes anything of it any more. */
  void unwish(String id) {
    wishes.remove(id);
  }
}

package dev.rollcall.discovery.resolver;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Subscription;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may be chosen, of each service: kept on a context of its own, read by any thread. Of each
 * service it takes the first of these that isn't empty: primaries that are well, backups that are
 * well, then primaries and backups whose lease has not ended; while the registry is in doubt,
 * nobody's lease ends. In its zone, if it has one, while anybody is well there.
 */
final class Picture {

  private static final long LOOK_MILLIS = 100;

  private final Vertx vertx;
  private final Registry registry;
  private final String zone;
  private final LongSupplier nanoTime;
  private final Map<String, Presence> present = new TreeMap<>();
  private final Map<String, List<Runnable>> waiting = new HashMap<>();
  private final Context context;
  private final long timer;
  private volatile Subscription subscription = () -> {};
  private volatile boolean closed;
  private volatile Map<String, List<Choice>> choices = Map.of();

  /**
   * @param zone preferred, or empty
   */
  Picture(Vertx vertx, Registry registry, String zone, LongSupplier nanoTime) {
    this.vertx = vertx;
    this.registry = registry;
    this.zone = zone;
    this.nanoTime = nanoTime;
    this.context = vertx.getOrCreateContext();
    context.runOnContext(now -> begin());
    this.timer = vertx.setPeriodic(LOOK_MILLIS, tick -> context.runOnContext(now -> look()));
  }

  /** Those that may be chosen now; the same list until something changes. */
  List<Choice> of(String service) {
    return choices.getOrDefault(service, List.of());
  }

  /** Runs it once somebody of this service may be chosen, on the picture's context. */
  void whenThere(String service, Runnable what) {
    context.runOnContext(
        now -> {
          if (of(service).isEmpty()) {
            waiting.computeIfAbsent(service, s -> new ArrayList<>()).add(what);
          } else {
            what.run();
          }
        });
  }

  void close() {
    closed = true;
    vertx.cancelTimer(timer);
    subscription.cancel();
  }

  private void begin() {
    if (!closed) {
      subscription = registry.watch(this::hear);
    }
  }

  private void hear(InstanceChange change) {
    Presence known = present.get(change.id());
    long now = nanoTime.getAsLong();
    if (change instanceof InstanceChange.Registered registered) {
      registered(registered.instance(), known, now);
    } else if (known == null) {
      return;
    } else if (change instanceof InstanceChange.Beaten) {
      known.beaten(now);
    } else if (change instanceof InstanceChange.Overridden overridden) {
      known.wished(overridden.override());
    } else if (change instanceof InstanceChange.Disconnected) {
      known.cutOff();
    } else if (change instanceof InstanceChange.Vanished) {
      known.vanished();
    }
    look();
  }

  private void registered(Instance said, @Nullable Presence known, long now) {
    if (said.state() == InstanceState.LEFT) {
      present.remove(said.id());
    } else if (known == null) {
      present.put(said.id(), new Presence(said, now));
    } else {
      known.says(said, now);
    }
  }

  private void look() {
    long now = nanoTime.getAsLong();
    Predicate<Presence> trusted = one -> registry.inDoubt(one.instance().id());
    present.values().removeIf(one -> one.isForgotten(now) && !trusted.test(one));
    Map<String, List<Presence>> services = new LinkedHashMap<>();
    for (Presence one : present.values()) {
      if (one.takesRequests() && (!one.hasEnded(now) || trusted.test(one))) {
        services.computeIfAbsent(one.instance().service(), s -> new ArrayList<>()).add(one);
      }
    }
    Map<String, List<Choice>> next = new HashMap<>();
    services.forEach((service, all) -> next.put(service, choose(all, now)));
    if (!next.equals(choices)) {
      Map<String, List<Choice>> last = choices;
      next.replaceAll((service, list) -> list.equals(last.get(service)) ? last.get(service) : list);
      choices = Map.copyOf(next);
      next.keySet().forEach(this::tell);
    }
  }

  private void tell(String service) {
    List<Runnable> told = waiting.remove(service);
    if (told != null) {
      told.forEach(Runnable::run);
    }
  }

  private List<Choice> choose(List<Presence> all, long now) {
    Predicate<Presence> well = one -> one.isWell(now) || registry.inDoubt(one.instance().id());
    for (Predicate<Presence> group :
        List.of(
            well.and(one -> !one.isBackup()),
            well.and(Presence::isBackup),
            one -> !one.isBackup())) {
      List<Presence> some = all.stream().filter(group).toList();
      if (!some.isEmpty()) {
        return choices(near(some));
      }
    }
    return choices(all);
  }

  private List<Presence> near(List<Presence> some) {
    List<Presence> near = some.stream().filter(one -> one.instance().zone().equals(zone)).toList();
    return zone.isEmpty() || near.isEmpty() ? some : near;
  }

  private static List<Choice> choices(List<Presence> some) {
    return some.stream()
        .map(
            one ->
                new Choice(
                    one.instance().id() + "/" + one.instance().epoch(),
                    one.instance().endpoint(),
                    one.weight()))
        .toList();
  }
}

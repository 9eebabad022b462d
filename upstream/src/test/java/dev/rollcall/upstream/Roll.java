package dev.rollcall.upstream;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.memory.InMemoryRegistry;
import dev.rollcall.discovery.store.RollMap;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The roll as somebody who watches it sees it. */
final class Roll {

  final InMemoryRegistry registry;
  private final Map<String, Instance> instances = new ConcurrentHashMap<>();
  private final Map<String, Beat> beats = new ConcurrentHashMap<>();

  Roll(Vertx vertx) {
    this(new InMemoryRegistry(vertx));
  }

  Roll(InMemoryRegistry registry) {
    this.registry = registry;
    registry.watch(this::hear);
  }

  /** A proxy that is listed, so that its word is waited for. */
  ProxySeat proxy(String id) {
    ProxySeat seat = registry.seat(id, "127.0.0.1:8080", "1");
    until(() -> RunningDemo.await(registry.store().get(RollMap.PROXIES, id)) != null);
    return seat;
  }

  /** The only instance, as soon as there is one. */
  Instance only() {
    until(() -> instances.size() == 1);
    return instances.values().iterator().next();
  }

  boolean isEmpty() {
    return instances.isEmpty();
  }

  /** Waits until the only instance says this of itself. */
  Instance only(InstanceState state) {
    until(() -> only().state() == state);
    return only();
  }

  /** Waits for a heartbeat that says so many are in flight. */
  Beat beat(int inFlight) {
    until(
        () -> {
          Beat beat = beats.get(only().id());
          return beat != null && beat.inFlight() == inFlight;
        });
    return beats.get(only().id());
  }

  static void until(BooleanSupplier condition) {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError("still not so after 20 s");
      }
      Thread.onSpinWait();
    }
  }

  private void hear(InstanceChange change) {
    if (change instanceof InstanceChange.Registered registered) {
      instances.put(change.id(), registered.instance());
    } else if (change instanceof InstanceChange.Beaten beaten) {
      beats.put(change.id(), beaten.beat());
    }
  }
}

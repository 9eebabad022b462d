package dev.rollcall.discovery.memory;

import dev.rollcall.discovery.Subscription;
import dev.rollcall.discovery.store.Reach;
import dev.rollcall.discovery.store.RollMap;
import dev.rollcall.discovery.store.Store;
import dev.rollcall.discovery.store.StoreEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Maps in this process's memory, and the faults that a shared store can have: it can lose
 * everything, be out of reach, hang, and lose a client's connection. Any thread.
 */
public final class InMemoryStore implements Store {

  private static final String ME = "memory";

  private record Listener(Set<RollMap> maps, Consumer<StoreEvent> told) {}

  private final Vertx vertx;
  private final Map<RollMap, Map<String, String>> maps = new EnumMap<>(RollMap.class);
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private Reach reach = new Reach("127.0.0.1", ME, Set.of(ME), List.of());
  private boolean reachable = true;
  private boolean frozen;

  InMemoryStore(Vertx vertx) {
    this.vertx = vertx;
    for (RollMap map : RollMap.values()) {
      maps.put(map, new HashMap<>());
    }
  }

  @Override
  public Future<@Nullable String> put(RollMap map, String key, String value, Duration timeToLive) {
    return attempt(
        () -> {
          String before = of(map).put(key, value);
          expire(map, key, value, timeToLive);
          tell(map, new StoreEvent.Written(map, key, value));
          return before;
        });
  }

  @Override
  public Future<@Nullable String> get(RollMap map, String key) {
    return attempt(() -> of(map).get(key));
  }

  @Override
  public Future<Void> remove(RollMap map, String key) {
    return attempt(() -> drop(map, key)).mapEmpty();
  }

  @Override
  public Future<Map<String, String>> readAll(RollMap map) {
    return attempt(() -> Map.copyOf(of(map)));
  }

  @Override
  public Subscription listen(Set<RollMap> wanted, Consumer<StoreEvent> told) {
    Listener listener = new Listener(Set.copyOf(wanted), told);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public synchronized @Nullable Reach reach() {
    return reachable ? reach : null;
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  /** Everything is gone without a word, as after the only member was replaced by another. */
  public synchronized void loseEverything() {
    maps.values().forEach(Map::clear);
    tellAll(new StoreEvent.Reached());
  }

  /** Nothing can be read or written until {@link #reconnect}. */
  public synchronized void disconnect() {
    reachable = false;
    tellAll(new StoreEvent.Unreached());
  }

  /**
   * The connection is back, from another local address.
   *
   * @param elsewhere addresses of members on other machines
   */
  public synchronized void reconnect(String localHost, String... elsewhere) {
    reach = new Reach(localHost, ME, Set.of(ME), List.of(elsewhere));
    reachable = true;
    tellAll(new StoreEvent.Reached());
  }

  /** Reads and writes hang until {@link #thaw}. */
  public synchronized void freeze() {
    frozen = true;
  }

  /** What hung goes on, in order. */
  public synchronized void thaw() {
    frozen = false;
    held.forEach(Runnable::run);
    held.clear();
  }

  /** An instance's connection is lost. */
  public synchronized void loseClient(String instanceId) {
    tellAll(new StoreEvent.ClientGone(Set.of(instanceId)));
  }

  /** A part was lost or merged. */
  public synchronized void shake() {
    tellAll(new StoreEvent.Shaken());
  }

  /** Mutation and events are one step, so that events of a key come in the order of its writes. */
  private synchronized <T extends @Nullable Object> Future<T> attempt(Supplier<T> work) {
    if (!reachable) {
      return Future.failedFuture("the registry can't be reached");
    }
    if (!frozen) {
      return Future.succeededFuture(work.get());
    }
    Promise<T> promise = Promise.promise();
    held.add(() -> promise.complete(work.get()));
    return promise.future();
  }

  private void expire(RollMap map, String key, String value, Duration timeToLive) {
    if (timeToLive.compareTo(map.timeToLive()) < 0) {
      vertx.setTimer(Math.max(1, timeToLive.toMillis()), timer -> dropIfStill(map, key, value));
    }
  }

  private synchronized void dropIfStill(RollMap map, String key, String value) {
    if (value.equals(of(map).get(key))) {
      drop(map, key);
    }
  }

  private @Nullable String drop(RollMap map, String key) {
    String before = of(map).remove(key);
    if (before != null) {
      tell(map, new StoreEvent.Removed(map, key));
    }
    return before;
  }

  private Map<String, String> of(RollMap map) {
    return Objects.requireNonNull(maps.get(map));
  }

  private void tell(RollMap map, StoreEvent event) {
    for (Listener listener : listeners) {
      if (listener.maps().contains(map)) {
        listener.told().accept(event);
      }
    }
  }

  private void tellAll(StoreEvent event) {
    listeners.forEach(listener -> listener.told().accept(event));
  }
}

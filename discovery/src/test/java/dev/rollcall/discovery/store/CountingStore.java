package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store that counts what it is asked for: {@code put beats} and the like. */
final class CountingStore implements Store {

  private final Store store;
  private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();

  CountingStore(Store store) {
    this.store = store;
  }

  /** So far, or since {@link #forget}. */
  Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  void forget() {
    counts.clear();
  }

  private Store count(String what, RollMap map) {
    counts.merge(what + " " + map.name().toLowerCase(java.util.Locale.ROOT), 1, Integer::sum);
    return store;
  }

  @Override
  public Future<@Nullable String> put(RollMap map, String key, String value, Duration timeToLive) {
    return count("put", map).put(map, key, value, timeToLive);
  }

  @Override
  public Future<@Nullable String> get(RollMap map, String key) {
    return count("get", map).get(map, key);
  }

  @Override
  public Future<Void> remove(RollMap map, String key) {
    return count("remove", map).remove(map, key);
  }

  @Override
  public Future<Map<String, String>> readAll(RollMap map) {
    return count("read", map).readAll(map);
  }

  @Override
  public Subscription listen(Set<RollMap> maps, Consumer<StoreEvent> listener) {
    maps.forEach(map -> count("hear", map));
    return store.listen(maps, listener);
  }

  @Override
  public @Nullable Reach reach() {
    return store.reach();
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }
}

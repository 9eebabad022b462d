package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks another store for everything; tests change what they are about. */
abstract class StoreInFront implements Store {

  private final Store store;

  StoreInFront(Store store) {
    this.store = store;
  }

  /** Hears of whatever is asked for, before it is. */
  void asked(String what, RollMap map) {
    // Whoever wants to know.
  }

  @Override
  public Future<@Nullable String> put(RollMap map, String key, String value, Duration timeToLive) {
    asked("put", map);
    return store.put(map, key, value, timeToLive);
  }

  @Override
  public Future<@Nullable String> get(RollMap map, String key) {
    asked("get", map);
    return store.get(map, key);
  }

  @Override
  public Future<Void> remove(RollMap map, String key) {
    asked("remove", map);
    return store.remove(map, key);
  }

  @Override
  public Future<Map<String, String>> readAll(RollMap map) {
    asked("read", map);
    return store.readAll(map);
  }

  @Override
  public Subscription listen(Set<RollMap> maps, Consumer<StoreEvent> listener) {
    maps.forEach(map -> asked("hear", map));
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

package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store whose writes of entries are on their way until they are let go. */
final class HoldingStore implements Store {

  private final Store store;
  private final Promise<Void> onItsWay = Promise.promise();
  private final Promise<Void> letGo = Promise.promise();
  private volatile boolean holds;

  HoldingStore(Store store) {
    this.store = store;
  }

  /** The next write of an entry waits. */
  void hold() {
    holds = true;
  }

  /** Completes when one waits. */
  Future<Void> onItsWay() {
    return onItsWay.future();
  }

  void letGo() {
    letGo.complete();
  }

  @Override
  public Future<@Nullable String> put(RollMap map, String key, String value, Duration timeToLive) {
    if (map != RollMap.INSTANCES || !holds) {
      return store.put(map, key, value, timeToLive);
    }
    holds = false;
    onItsWay.complete();
    return letGo.future().compose(now -> store.put(map, key, value, timeToLive));
  }

  @Override
  public Future<@Nullable String> get(RollMap map, String key) {
    return store.get(map, key);
  }

  @Override
  public Future<Void> remove(RollMap map, String key) {
    return store.remove(map, key);
  }

  @Override
  public Future<Map<String, String>> readAll(RollMap map) {
    return store.readAll(map);
  }

  @Override
  public Subscription listen(Set<RollMap> maps, Consumer<StoreEvent> listener) {
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

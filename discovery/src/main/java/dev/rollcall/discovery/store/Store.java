package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A few maps of text that many processes share. Nothing here blocks. Futures fail, soon, while the
 * store can't be reached.
 *
 * <p>Any thread may call; futures and events come on any thread.
 */
public interface Store {

  /** Writes; completes with what stood there before, or null. */
  Future<@Nullable String> put(RollMap map, String key, String value, Duration timeToLive);

  /** What stands there, or null. */
  Future<@Nullable String> get(RollMap map, String key);

  Future<Void> remove(RollMap map, String key);

  Future<Map<String, String>> readAll(RollMap map);

  /**
   * Tells of entries in {@code maps}, and of the store itself, and may be called before the store
   * was ever reached.
   */
  Subscription listen(Set<RollMap> maps, Consumer<StoreEvent> listener);

  /** How we stand to it now, or null when it can't be reached. */
  @Nullable Reach reach();

  /** Lets go of what this store opened itself; what was given to it stays as it is. */
  Future<Void> close();
}

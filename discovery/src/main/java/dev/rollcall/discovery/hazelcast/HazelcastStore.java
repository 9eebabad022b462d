package dev.rollcall.discovery.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.rollcall.discovery.Subscription;
import dev.rollcall.discovery.store.Reach;
import dev.rollcall.discovery.store.RollMap;
import dev.rollcall.discovery.store.Store;
import dev.rollcall.discovery.store.StoreEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The maps in Hazelcast. What Hazelcast can only do by blocking (maps, listeners, full reads)
 * happens on worker threads of this store's own; everything else is asynchronous.
 *
 * <p>Any thread.
 */
final class HazelcastStore implements Store, HazelcastLink.Told {

  /** Longer than a frozen member is waited for; a write that takes more has failed. */
  private static final Duration GIVE_UP = Duration.ofSeconds(5);

  private final Workers workers;
  private final MapListeners listeners = new MapListeners();
  private volatile Map<RollMap, IMap<String, Object>> maps = Map.of();
  private volatile @Nullable Reach reach;
  private volatile @Nullable HazelcastLink link;

  HazelcastStore(Vertx vertx) {
    this.workers = new Workers(vertx);
  }

  /** Uses this instance from now on, and hears when it is connected. Blocks; for workers. */
  synchronized void use(HazelcastInstance hazelcast) {
    listeners.detached();
    HazelcastLink opened = new HazelcastLink(hazelcast, this);
    link = opened;
    opened.open();
  }

  /** {@link #use} on a worker. */
  void open(HazelcastInstance hazelcast) {
    workers.run(() -> use(hazelcast));
  }

  Workers workers() {
    return workers;
  }

  @Override
  public Future<@Nullable String> put(RollMap map, String key, String value, Duration timeToLive) {
    return on(map, m -> m.putAsync(key, value, timeToLive.toMillis(), TimeUnit.MILLISECONDS))
        .map(HazelcastStore::text);
  }

  @Override
  public Future<@Nullable String> get(RollMap map, String key) {
    return on(map, m -> m.getAsync(key)).map(HazelcastStore::text);
  }

  @Override
  public Future<Void> remove(RollMap map, String key) {
    return on(map, m -> m.removeAsync(key)).mapEmpty();
  }

  @Override
  public Future<Map<String, String>> readAll(RollMap map) {
    IMap<String, Object> from = maps.get(map);
    if (from == null) {
      return Future.failedFuture("the cluster was not reached yet");
    }
    return workers.call(() -> MapContent.of(from));
  }

  @Override
  public Subscription listen(Set<RollMap> wanted, Consumer<StoreEvent> told) {
    Subscription listening = listeners.add(wanted, told);
    if (!wanted.isEmpty()) {
      workers.run(() -> begin(told));
    }
    return listening;
  }

  @Override
  public @Nullable Reach reach() {
    return reach;
  }

  @Override
  public Future<Void> close() {
    listeners.clear();
    HazelcastLink open = link;
    return workers
        .run(
            () -> {
              if (open != null) {
                open.close();
              }
            })
        .eventually(workers::close);
  }

  @Override
  public void connected(HazelcastLink by) {
    workers.run(() -> prepare(by));
  }

  private void prepare(HazelcastLink by) {
    try {
      if (!openMaps(by)) {
        return;
      }
      // What the link told meanwhile went unheard, because there was nothing to change yet.
      do {
        reach = by.reach();
      } while (!Objects.equals(reach, by.reach()));
      if (reach != null) {
        event(new StoreEvent.Reached());
      }
      attachListeners();
    } catch (RuntimeException lostAgain) {
      by.retry();
    }
  }

  private synchronized boolean openMaps(HazelcastLink by) {
    if (by != link) {
      return false;
    }
    Map<RollMap, IMap<String, Object>> found = new EnumMap<>(RollMap.class);
    for (RollMap map : RollMap.values()) {
      found.put(map, by.map(map.mapName()));
    }
    maps = found;
    return true;
  }

  @Override
  public void changed(HazelcastLink by) {
    Reach now = by.reach();
    if (by == link && reach != null && now != null) {
      reach = now;
    }
  }

  @Override
  public void lost(HazelcastLink by) {
    if (by == link && reach != null) {
      reach = null;
      event(new StoreEvent.Unreached());
    }
  }

  /**
   * Shuts a client down, blocking, while no map of it is being opened: one whose opening fails in
   * the middle of a shutdown would end that with an exception, and leave the client half open.
   */
  synchronized void shutDown(HazelcastInstance client) {
    client.shutdown();
  }

  /** Whether or not the cluster has been reached: that may be happening at this moment. */
  private void begin(Consumer<StoreEvent> newcomer) {
    if (reach != null) {
      newcomer.accept(new StoreEvent.Reached());
    }
    try {
      attachListeners();
    } catch (RuntimeException lost) {
      HazelcastLink by = link;
      if (by != null) {
        by.retry();
      }
    }
  }

  /**
   * Blocks until every member knows of the listeners: where several members start at the same time
   * that takes seconds, in which entries can be read and written, and not be heard of.
   */
  private void attachListeners() {
    if (listeners.attach(maps) && reach != null) {
      event(new StoreEvent.Heard());
    }
  }

  @Override
  public void event(StoreEvent event) {
    listeners.tell(event);
  }

  private <T> Future<T> on(
      RollMap map, Function<IMap<String, Object>, CompletionStage<T>> operation) {
    IMap<String, Object> of = maps.get(map);
    if (of == null) {
      return Future.failedFuture("the cluster was not reached yet");
    }
    try {
      return Future.fromCompletionStage(
          plain(operation.apply(of)).orTimeout(GIVE_UP.toMillis(), TimeUnit.MILLISECONDS));
    } catch (RuntimeException offline) {
      // A client without a connection refuses at once.
      return Future.failedFuture(offline);
    }
  }

  /**
   * The same in a future of the JDK's. What is hung on one of Hazelcast's runs, unless told
   * otherwise, in a thread that is started for it where there are less than three cores.
   */
  private static <T extends @Nullable Object> CompletableFuture<T> plain(CompletionStage<T> stage) {
    CompletableFuture<T> plain = new CompletableFuture<>();
    stage.whenCompleteAsync(
        (value, failure) -> {
          if (failure == null) {
            plain.complete(value);
          } else {
            plain.completeExceptionally(failure);
          }
        },
        Runnable::run);
    return plain;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : MapContent.text(value);
  }
}

package dev.rollcall.discovery.hazelcast;

import com.hazelcast.map.IMap;
import dev.rollcall.discovery.Subscription;
import dev.rollcall.discovery.store.RollMap;
import dev.rollcall.discovery.store.StoreEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to a store, and to which maps of the present Hazelcast instance that makes us listen:
 * to each at most once, however many want to hear of it. Any thread.
 */
final class MapListeners {

  private record Listener(Set<RollMap> maps, Consumer<StoreEvent> told) {}

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Map<RollMap, IMap<String, Object>> heard = new EnumMap<>(RollMap.class);

  /** Is told of the store itself from now on, of entries once {@link #attach} is through. */
  Subscription add(Set<RollMap> maps, Consumer<StoreEvent> told) {
    Listener listener = new Listener(Set.copyOf(maps), told);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Tells everybody. */
  void tell(StoreEvent event) {
    listeners.forEach(listener -> listener.told().accept(event));
  }

  /** Nobody hears anything any more. */
  void clear() {
    listeners.clear();
  }

  /** There is another Hazelcast instance now, and none of its maps is listened to. */
  synchronized void detached() {
    heard.clear();
  }

  /**
   * Listens to those of the maps that somebody wants to hear of. Blocks until every member knows of
   * it: where several members start at the same time that takes seconds, in which entries can be
   * read and written, and not be heard of.
   *
   * @return false when that was so already, or is about to be
   * @throws RuntimeException when the cluster was lost meanwhile
   */
  boolean attach(Map<RollMap, IMap<String, Object>> maps) {
    boolean news = false;
    for (RollMap map : RollMap.values()) {
      IMap<String, Object> from = claim(map, maps.get(map));
      if (from != null) {
        attach(map, from);
        news = true;
      }
    }
    return news;
  }

  private void attach(RollMap map, IMap<String, Object> from) {
    try {
      from.addEntryListener(new MapEvents(map, this::tell), true);
    } catch (RuntimeException lost) {
      disclaim(map, from);
      throw lost;
    }
  }

  private synchronized @Nullable IMap<String, Object> claim(
      RollMap map, @Nullable IMap<String, Object> from) {
    boolean wanted = listeners.stream().anyMatch(listener -> listener.maps().contains(map));
    if (!wanted || from == null || heard.containsKey(map)) {
      return null;
    }
    heard.put(map, from);
    return from;
  }

  private synchronized void disclaim(RollMap map, IMap<String, Object> from) {
    // Maps of two instances are equal when their names are.
    if (heard.get(map) == from) {
      heard.remove(map);
    }
  }

  private void tell(RollMap map, StoreEvent event) {
    for (Listener listener : listeners) {
      if (listener.maps().contains(map)) {
        listener.told().accept(event);
      }
    }
  }
}

package dev.rollcall.discovery.hazelcast;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.MapEvent;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryEvictedListener;
import com.hazelcast.map.listener.EntryExpiredListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import com.hazelcast.map.listener.MapClearedListener;
import com.hazelcast.map.listener.MapEvictedListener;
import dev.rollcall.discovery.store.RollMap;
import dev.rollcall.discovery.store.StoreEvent;
import java.util.function.BiConsumer;

/** Hazelcast's events of one map, as the store tells them; on Hazelcast's threads. */
final class MapEvents
    implements EntryAddedListener<Object, Object>,
        EntryUpdatedListener<Object, Object>,
        EntryMergedListener<Object, Object>,
        EntryRemovedListener<Object, Object>,
        EntryExpiredListener<Object, Object>,
        EntryEvictedListener<Object, Object>,
        MapClearedListener,
        MapEvictedListener {

  private final RollMap map;
  private final BiConsumer<RollMap, StoreEvent> out;

  MapEvents(RollMap map, BiConsumer<RollMap, StoreEvent> out) {
    this.map = map;
    this.out = out;
  }

  @Override
  public void entryAdded(EntryEvent<Object, Object> event) {
    written(event);
  }

  @Override
  public void entryUpdated(EntryEvent<Object, Object> event) {
    written(event);
  }

  @Override
  public void entryMerged(EntryEvent<Object, Object> event) {
    written(event);
  }

  @Override
  public void entryRemoved(EntryEvent<Object, Object> event) {
    removed(event);
  }

  @Override
  public void entryExpired(EntryEvent<Object, Object> event) {
    removed(event);
  }

  @Override
  public void entryEvicted(EntryEvent<Object, Object> event) {
    removed(event);
  }

  @Override
  public void mapCleared(MapEvent event) {
    out.accept(map, new StoreEvent.Reached());
  }

  @Override
  public void mapEvicted(MapEvent event) {
    out.accept(map, new StoreEvent.Reached());
  }

  private void written(EntryEvent<Object, Object> event) {
    if (event.getKey() instanceof String key) {
      out.accept(map, new StoreEvent.Written(map, key, value(event)));
    }
  }

  private void removed(EntryEvent<Object, Object> event) {
    if (event.getKey() instanceof String key) {
      out.accept(map, new StoreEvent.Removed(map, key));
    }
  }

  /** The value is read here, and may turn out to be what must not be read. */
  private static String value(EntryEvent<Object, Object> event) {
    try {
      return MapContent.text(event.getValue());
    } catch (RuntimeException refused) {
      return MapContent.NO_TEXT;
    }
  }
}

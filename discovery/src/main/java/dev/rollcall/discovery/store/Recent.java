package dev.rollcall.discovery.store;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the latest few entries, so that strangers can't fill the memory. */
final class Recent<K, V> extends LinkedHashMap<K, V> {

  @Serial private static final long serialVersionUID = 1L;

  private final int most;

  Recent(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}

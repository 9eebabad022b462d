package dev.rollcall.proxy.health;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was put first when it is full. */
final class Recent<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int limit;

  Recent(int limit) {
    this.limit = limit;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > limit;
  }
}

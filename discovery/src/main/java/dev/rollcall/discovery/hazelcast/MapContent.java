package dev.rollcall.discovery.hazelcast;

import com.hazelcast.map.IMap;
import java.util.HashMap;
import java.util.Map;

/** Reads a map in which strangers may have left what is no text. */
final class MapContent {

  /** Stands for what is no text; nobody believes it. */
  static final String NO_TEXT = "";

  private MapContent() {}

  /** All of it. Blocks. */
  static Map<String, String> of(IMap<String, Object> map) {
    Map<String, String> content = new HashMap<>();
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      take(entry, content);
    }
    return content;
  }

  static String text(Object value) {
    return value instanceof String text ? text : NO_TEXT;
  }

  /**
   * Entries are read when they are asked for their parts; one that can't be must not hide others.
   */
  private static void take(Map.Entry<String, Object> entry, Map<String, String> content) {
    Object key;
    try {
      key = entry.getKey();
    } catch (RuntimeException refused) {
      return;
    }
    if (!(key instanceof String id)) {
      return;
    }
    try {
      content.put(id, text(entry.getValue()));
    } catch (RuntimeException refused) {
      content.put(id, NO_TEXT);
    }
  }
}

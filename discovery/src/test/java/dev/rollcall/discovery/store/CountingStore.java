package dev.rollcall.discovery.store;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store that counts what it is asked for: {@code put beats} and the like. */
final class CountingStore extends StoreInFront {

  private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();

  CountingStore(Store store) {
    super(store);
  }

  /** So far, or since {@link #forget}. */
  Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  void forget() {
    counts.clear();
  }

  @Override
  void asked(String what, RollMap map) {
    counts.merge(what + " " + map.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
  }
}

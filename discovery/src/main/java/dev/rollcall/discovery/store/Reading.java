package dev.rollcall.discovery.store;

import java.util.HashSet;
import java.util.Set;

/**
 * A full read takes its time; what events tell meanwhile is younger than what it brings. Remembers
 * which keys they told of since it began. One thread.
 */
final class Reading {

  private final Set<String> told = new HashSet<>();
  private boolean underWay;

  void begins() {
    told.clear();
    underWay = true;
  }

  void ends() {
    underWay = false;
    told.clear();
  }

  /** An event told of this key. */
  void told(RollMap map, String key) {
    if (underWay) {
      told.add(map + key);
    }
  }

  /** True when what the read brings of this key is old. */
  boolean isOld(RollMap map, String key) {
    return told.contains(map + key);
  }
}

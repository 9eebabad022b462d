package dev.rollcall.discovery.store;

import java.util.Set;

/** What a store tells those who listen; ordered for each key. */
public sealed interface StoreEvent {

  /** A value was written, perhaps the one that stood there already. */
  record Written(RollMap map, String key, String value) implements StoreEvent {}

  /** An entry is gone: removed, expired or lost. */
  record Removed(RollMap map, String key) implements StoreEvent {}

  /** The store can be used (again). What was written before may be gone: read and write anew. */
  record Reached() implements StoreEvent {}

  /**
   * From now on entries are told of (again); what was written a moment ago may have gone unheard.
   */
  record Heard() implements StoreEvent {}

  /** The store can't be used; it keeps trying. */
  record Unreached() implements StoreEvent {}

  /** A part of the store was lost, or parts were merged: entries may be missing for a while. */
  record Shaken() implements StoreEvent {}

  /** A client of the store lost its connection; {@code names} are all the names it goes by. */
  record ClientGone(Set<String> names) implements StoreEvent {}
}

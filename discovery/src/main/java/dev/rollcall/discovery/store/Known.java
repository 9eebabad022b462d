package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Instance;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is believed of an instance that is on the {@link BelievedRoll roll}; one thread. */
final class Known {

  final Instance instance;

  /** Names the connection that it goes by, or empty. */
  final String client;

  final Past past;

  /** As it stands in the store; the same instance may be written in other words. */
  String text;

  /** When it was last heard, by our own clock. */
  long heard;

  /** Nanoseconds after which it should have been heard again: 1.5 heartbeats. */
  final long due;

  @Nullable Beat beat;

  /** The same as it stands in the store, so that a full read knows it without opening it. */
  @Nullable String beatText;

  /** When a read first missed it, by our own clock; null while it is there. */
  private @Nullable Long missing;

  Known(Instance instance, String client, String text, Past past, long heard) {
    this.instance = instance;
    this.client = client;
    this.text = text;
    this.past = past;
    this.heard = heard;
    this.due = instance.heartbeat().toNanos() / 2 * 3;
  }

  /** True for a heartbeat that comes after the last one. */
  boolean rises(Beat next) {
    return next.epoch().equals(instance.epoch()) && (beat == null || next.seq() > beat.seq());
  }

  /** True for what comes before this, or beside it under the same number: watchers refuse it. */
  boolean outdoes(Instance said) {
    return said.epoch().equals(instance.epoch())
        ? said.seq() <= instance.seq() && !said.equals(instance)
        : past.over().contains(said.epoch());
  }

  /** True if one of the names stands for it or its connection. */
  boolean goesBy(Set<String> names) {
    return (!client.isEmpty() && names.contains(client)) || names.contains(instance.id());
  }

  void present() {
    missing = null;
  }

  /** A read misses it: for how many nanoseconds reads have done so. */
  long missingFor(long now) {
    if (missing == null) {
      missing = now;
    }
    return now - missing;
  }
}

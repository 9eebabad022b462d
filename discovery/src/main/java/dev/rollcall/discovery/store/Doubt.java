package dev.rollcall.discovery.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether silence may be the registry's fault. Doubt about a key outlasts the write that raised it
 * for a while, because heartbeats that were held up need time to come through again.
 *
 * <p>Any thread may ask; one thread tells.
 */
final class Doubt {

  /** A lease at least: who lives has been heard again by then. */
  private static final long AFTERMATH = Duration.ofSeconds(5).toNanos();

  /**
   * How long the loss or the return of a part is felt: partitions move, clients reconnect. Two
   * parts that lose each other for a minute need up to ten seconds more to merge, and who beats in
   * the other is heard again only then.
   */
  private static final long SHAKEN = Duration.ofSeconds(90).toNanos();

  private final LongSupplier nanoTime;
  private final long patience;
  private final Map<String, Long> asked = new ConcurrentHashMap<>();
  private final Map<String, Long> slow = new ConcurrentHashMap<>();
  private volatile boolean unreached = true;
  private boolean everReached;
  private volatile @Nullable Long until;

  /**
   * @param patience how long a trial write may take
   */
  Doubt(LongSupplier nanoTime, Duration patience) {
    this.nanoTime = nanoTime;
    this.patience = patience.toNanos();
  }

  boolean about(String id) {
    long now = nanoTime.getAsLong();
    Long end = until;
    if (unreached || (end != null && end - now > 0)) {
      return true;
    }
    Long since = asked.get(id);
    Long last = slow.get(id);
    return (since != null && now - since > patience) || (last != null && now - last < AFTERMATH);
  }

  void reached() {
    if (unreached && everReached) {
      extend(AFTERMATH);
    }
    everReached = true;
    unreached = false;
  }

  void unreached() {
    unreached = true;
  }

  void shaken() {
    extend(SHAKEN);
  }

  /** A trial write begins; false when one is under way already. */
  boolean asks(String id) {
    return asked.putIfAbsent(id, nanoTime.getAsLong()) == null;
  }

  /** It ended; {@code failed} is as bad as slow. */
  void answered(String id, boolean failed) {
    long now = nanoTime.getAsLong();
    Long since = asked.remove(id);
    if (failed || (since != null && now - since > patience)) {
      slow.put(id, now);
    } else {
      slow.computeIfPresent(id, (key, at) -> now - at < AFTERMATH ? at : null);
    }
  }

  /** Nobody will ask about it any more. */
  void forget(String id) {
    slow.remove(id);
  }

  private void extend(long nanos) {
    long end = nanoTime.getAsLong() + nanos;
    Long present = until;
    until = present == null || end - present > 0 ? end : present;
  }
}

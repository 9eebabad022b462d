package dev.rollcall.discovery.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells instances how often to answer, when the roll is large. Every proxy does so, by what stands
 * in the registry and by how many it sees there, and so all of them come to the same. Lives on the
 * loop.
 */
final class Conductor {

  static final String KEY = "heartbeat";

  /** Long before it would expire. */
  private static final long REFRESH = Duration.ofMinutes(1).toNanos();

  private final Store store;
  private final Loop loop;
  private final LongSupplier nanoTime;
  private final Supplier<@Nullable Integer> instances;
  private long writtenAt;
  private boolean looking;

  /**
   * @param instances on the roll, or null while that isn't known
   */
  Conductor(Store store, Loop loop, LongSupplier nanoTime, Supplier<@Nullable Integer> instances) {
    this.store = store;
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.instances = instances;
    this.writtenAt = nanoTime.getAsLong();
  }

  /** Looks whether what stands still fits. */
  void look() {
    if (looking || instances.get() == null) {
      return;
    }
    looking = true;
    loop.here(store.get(RollMap.PACE, KEY))
        .compose(text -> loop.here(say(Cadence.read(text))))
        .onComplete(done -> looking = false);
  }

  private Future<Void> say(Cadence present) {
    Integer known = instances.get();
    if (known == null) {
      return Future.succeededFuture();
    }
    Cadence next = present.next(known);
    long now = nanoTime.getAsLong();
    if (next.equals(present) && (next.isFree() || now - writtenAt < REFRESH)) {
      return Future.succeededFuture();
    }
    writtenAt = now;
    return next.isFree()
        ? store.remove(RollMap.PACE, KEY)
        : store.put(RollMap.PACE, KEY, next.write(), RollMap.PACE.timeToLive()).mapEmpty();
  }
}

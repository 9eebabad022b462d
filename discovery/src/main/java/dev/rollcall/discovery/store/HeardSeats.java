package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that an instance which drains must wait for: read from the store, and kept up to date
 * by ear while that is wanted. Each proxy beats every second, for all who have an ear. Lives on the
 * loop.
 */
final class HeardSeats {

  private final Store store;
  private final Loop loop;
  private final LongSupplier nanoTime;
  private final Seats seats;
  private @Nullable Subscription hearing;

  HeardSeats(Store store, Loop loop, LongSupplier nanoTime, Pace pace) {
    this.store = store;
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.seats = new Seats(nanoTime, pace);
  }

  Seats seats() {
    return seats;
  }

  /** From now on; once is enough. */
  void listen() {
    if (hearing == null) {
      hearing = store.listen(EnumSet.of(RollMap.PROXIES), event -> loop.later(() -> hear(event)));
    }
  }

  /** No longer. */
  void ignore() {
    if (hearing != null) {
      hearing.cancel();
      hearing = null;
    }
  }

  /** Reads all of them. */
  Future<Void> read() {
    long began = nanoTime.getAsLong();
    return loop.here(store.readAll(RollMap.PROXIES))
        .map(
            all -> {
              seats.read(all, began);
              return null;
            });
  }

  /** Words of a drain that broke off or was taken back must not count for the next one. */
  Future<Void> forgetWords(String id, String epoch) {
    Reach reach = store.reach();
    if (reach == null) {
      return Future.failedFuture("the registry can't be reached");
    }
    List<Future<Void>> removals =
        seats.present(reach).stream()
            .map(proxy -> store.remove(RollMap.DRAINS, DrainWord.key(id, epoch, proxy)))
            .toList();
    return loop.here(Future.join(removals)).mapEmpty();
  }

  private void hear(StoreEvent event) {
    if (event instanceof StoreEvent.Written written) {
      seats.written(written.key(), written.value());
    } else if (event instanceof StoreEvent.Removed removed) {
      seats.removed(removed.key());
    }
  }
}

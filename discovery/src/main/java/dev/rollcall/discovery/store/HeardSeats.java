package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that an instance which drains must wait for: read from the store, and kept up to date
 * by ear while that is wanted. Each proxy beats every second, for all who have an ear. Lives on the
 * loop.
 */
final class HeardSeats {

  private final Ground ground;
  private final Seats seats;
  private @Nullable Subscription hearing;

  HeardSeats(Ground ground) {
    this.ground = ground;
    this.seats = new Seats(ground.nanoTime(), ground.pace());
  }

  Seats seats() {
    return seats;
  }

  /** From now on; once is enough. */
  void listen() {
    if (hearing == null) {
      hearing =
          ground
              .store()
              .listen(EnumSet.of(RollMap.PROXIES), event -> ground.loop().later(() -> hear(event)));
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
    long began = ground.now();
    return ground
        .loop()
        .here(ground.store().readAll(RollMap.PROXIES))
        .map(
            all -> {
              seats.read(all, began);
              return null;
            });
  }

  /** Words of a drain that broke off or was taken back must not count for the next one. */
  Future<Void> forgetWords(String id, String epoch) {
    Reach reach = ground.store().reach();
    if (reach == null) {
      return Future.failedFuture("the registry can't be reached");
    }
    List<Future<Void>> removals =
        seats.present(reach).stream()
            .map(proxy -> ground.store().remove(RollMap.DRAINS, DrainWord.key(id, epoch, proxy)))
            .toList();
    return ground.loop().here(Future.join(removals)).mapEmpty();
  }

  private void hear(StoreEvent event) {
    if (event instanceof StoreEvent.Written written) {
      seats.written(written.key(), written.value());
    } else if (event instanceof StoreEvent.Removed removed) {
      seats.removed(removed.key());
    }
  }
}

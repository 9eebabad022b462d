package dev.rollcall.discovery.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A store whose writes of entries are on their way until they are let go. */
final class HoldingStore extends StoreInFront {

  private final Promise<Void> onItsWay = Promise.promise();
  private final Promise<Void> letGo = Promise.promise();
  private volatile boolean holds;

  HoldingStore(Store store) {
    super(store);
  }

  /** The next write of an entry waits. */
  void hold() {
    holds = true;
  }

  /** Completes when one waits. */
  Future<Void> onItsWay() {
    return onItsWay.future();
  }

  void letGo() {
    letGo.complete();
  }

  @Override
  public Future<@Nullable String> put(RollMap map, String key, String value, Duration timeToLive) {
    if (map != RollMap.INSTANCES || !holds) {
      return super.put(map, key, value, timeToLive);
    }
    holds = false;
    onItsWay.complete();
    return letGo.future().compose(now -> super.put(map, key, value, timeToLive));
  }
}

package dev.rollcall.proxy;

import com.hazelcast.config.Config;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.concurrent.Callable;

/**
 * vertx-hazelcast's cluster manager, which joins only when it is told to. A Hazelcast member takes
 * a second or two to start and both cores of a small machine; its Vertx is usable before, so that
 * traffic for upstreams of the settings need not wait.
 */
final class LateMember extends HazelcastClusterManager {

  private final Callable<Config> config;
  private final Promise<Void> told = Promise.promise();
  private final Promise<Void> over = Promise.promise();
  private final Promise<Vertx> vertx = Promise.promise();

  /**
   * @param config made when it is time to join, on a worker thread
   */
  LateMember(Callable<Config> config) {
    this.config = config;
  }

  /** Completes within the call that builds the clustered Vertx, before it joins. */
  Future<Vertx> vertx() {
    return vertx.future();
  }

  /** Joins now. */
  void join() {
    told.tryComplete();
  }

  @Override
  public void init(Vertx early) {
    super.init(early);
    vertx.complete(early);
  }

  @Override
  public void join(Completable<Void> joined) {
    told.future()
        .compose(now -> vertx.future())
        .compose(early -> early.executeBlocking(config))
        .compose(this::joinWith)
        .onComplete(over)
        .onComplete(joined);
  }

  private Future<Void> joinWith(Config made) {
    setConfig(made);
    Promise<Void> joined = Promise.promise();
    super.join(joined);
    return joined.future();
  }

  /** Leaves what was joined: after a join under way, and not at all without one. */
  @Override
  public void leave(Completable<Void> left) {
    if (!told.future().isComplete()) {
      left.succeed();
      return;
    }
    over.future()
        .compose(
            joined -> {
              Promise<Void> leaving = Promise.promise();
              super.leave(leaving);
              return leaving.future();
            },
            neverJoined -> Future.succeededFuture())
        .onComplete(left);
  }
}

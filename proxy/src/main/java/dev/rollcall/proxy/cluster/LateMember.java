package dev.rollcall.proxy.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeListener;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * vertx-hazelcast's cluster manager, over a member that starts only when it is told to. A Hazelcast
 * member takes a second or two to start and both cores of a small machine; its Vertx is usable
 * before, so that traffic for upstreams of the settings need not wait. The member is ours: it is
 * shut down when it leaves. Any thread.
 */
public final class LateMember extends ForwardingClusterManager {

  private final Callable<HazelcastInstance> start;
  private final Promise<Void> told = Promise.promise();
  private final Promise<Void> over = Promise.promise();
  private final Promise<Vertx> vertx = Promise.promise();
  private volatile @Nullable RegistrationListener registrations;
  private volatile @Nullable NodeListener others;
  private volatile @Nullable HazelcastInstance member;
  private volatile @Nullable HazelcastClusterManager joined;

  /**
   * @param start makes the member when it is time to join, on a worker thread; blocks. The member
   *     has the attribute {@link VertxMaps#ID}
   */
  public LateMember(Callable<HazelcastInstance> start) {
    this.start = start;
  }

  /** Completes within the call that builds the clustered Vertx, before it joins. */
  public Future<Vertx> vertx() {
    return vertx.future();
  }

  /** Joins now. */
  public void join() {
    told.tryComplete();
  }

  /** The member, once it has joined. */
  public HazelcastInstance member() {
    HazelcastInstance started = member;
    if (started == null) {
      throw new IllegalStateException("the cluster is not joined");
    }
    return started;
  }

  @Override
  protected ClusterManager joined() {
    HazelcastClusterManager manager = joined;
    if (manager == null) {
      throw new IllegalStateException("the cluster is not joined");
    }
    return manager;
  }

  @Override
  public void init(Vertx early) {
    vertx.complete(early);
  }

  @Override
  public void registrationListener(RegistrationListener listener) {
    registrations = listener;
  }

  @Override
  public void nodeListener(NodeListener listener) {
    others = listener;
    HazelcastClusterManager manager = joined;
    if (manager != null) {
      manager.nodeListener(listener);
    }
  }

  @Override
  public boolean isActive() {
    HazelcastClusterManager manager = joined;
    return manager != null && manager.isActive();
  }

  @Override
  public void join(Completable<Void> done) {
    told.future()
        .compose(now -> vertx.future())
        .compose(early -> early.executeBlocking(start).compose(made -> joinAs(made, early)))
        .onComplete(over)
        .onComplete(done);
  }

  private Future<Void> joinAs(HazelcastInstance made, Vertx early) {
    HazelcastClusterManager manager = new HazelcastClusterManager(made);
    manager.init(early);
    manager.registrationListener(registrations);
    if (others != null) {
      manager.nodeListener(others);
    }
    member = made;
    joined = manager;
    Promise<Void> joining = Promise.promise();
    manager.join(joining);
    return joining.future().recover(why -> end(made).transform(ended -> Future.failedFuture(why)));
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
            nothing -> {
              Promise<Void> leaving = Promise.promise();
              joined().leave(leaving);
              return leaving.future().eventually(() -> end(member()));
            },
            neverJoined -> Future.succeededFuture())
        .onComplete(left);
  }

  private Future<Void> end(HazelcastInstance started) {
    return vertx
        .future()
        .compose(
            early ->
                early.executeBlocking(
                    () -> {
                      shutDown(started);
                      return null;
                    }));
  }

  private static void shutDown(HazelcastInstance started) {
    while (started.getLifecycleService().isRunning()) {
      try {
        started.shutdown();
      } catch (RejectedExecutionException notNow) {
        // Something of its own was ending at this moment; vertx-hazelcast tries again likewise.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }
}

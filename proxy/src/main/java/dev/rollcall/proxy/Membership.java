package dev.rollcall.proxy;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.hazelcast.HazelcastRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.UUID;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One proxy's place in the cluster: it joins once, then the roll hears who answers, and leaves.
 * What operators and programs want written waits for nobody: before it has joined it fails. Any
 * thread.
 */
final class Membership {

  private static final Logger LOG = Logger.getLogger(Membership.class.getName());

  private final ControlPlane control;
  private final RollVerticle roll;
  private final ProxyOptions options;
  private final String version;
  private final String id = "proxy-" + UUID.randomUUID().toString().substring(0, 8);
  private final Promise<Endpoint> joined = Promise.promise();
  private volatile @Nullable Registry registry;
  private volatile @Nullable Registrar registrar;
  private volatile @Nullable ProxySeat seat;

  Membership(ControlPlane control, RollVerticle roll, ProxyOptions options, String version) {
    this.control = control;
    this.roll = roll;
    this.options = options;
    this.version = version;
  }

  /**
   * Joins.
   *
   * @return where the cluster finds this proxy; fails with {@link StartFault} where a setting can
   *     help, and when this was given up first
   */
  Future<Endpoint> join() {
    ClusterOptions cluster = options.cluster();
    control
        .join()
        .recover(why -> Future.failedFuture(cluster.explain(why)))
        .compose(this::watch)
        .onSuccess(own -> LOG.info("cluster " + cluster.name() + " is open on " + own))
        .onSuccess(joined::tryComplete)
        .onFailure(joined::tryFail);
    return joined.future();
  }

  private Future<Endpoint> watch(HazelcastInstance hazelcast) {
    if (isDecided()) {
      return joined.future();
    }
    Address address = hazelcast.getCluster().getLocalMember().getAddress();
    Endpoint own = new Endpoint(address.getHost(), address.getPort());
    Registry found =
        HazelcastRegistry.over(control.vertx(), hazelcast, options.cluster().signature());
    ProxySeat taken = found.seat(id, own.toString(), version);
    registry = found;
    registrar = found.registrar(options.register().most());
    seat = taken;
    return roll.join(found, taken).map(joined -> own);
  }

  /** True when it has joined, or never will. */
  boolean isDecided() {
    return joined.future().isComplete();
  }

  /** Null while it has not joined. */
  @Nullable Registrar registrar() {
    return registrar;
  }

  /** Writes an operator's wish for every proxy. */
  Future<Void> override(String instanceId, InstanceOverride wish) {
    Registry found = registry;
    return found == null
        ? Future.failedFuture("this proxy has not joined the cluster yet")
        : found.override(instanceId, wish);
  }

  /** Nobody waits for a join that is under way: the loop on which it would be told may end. */
  void giveUp() {
    joined.tryFail("stopped before it had joined");
  }

  /** Lets nobody wait for this proxy. */
  Future<Void> leave() {
    ProxySeat taken = seat;
    Registry found = registry;
    return (taken == null ? Future.<Void>succeededFuture() : taken.leave())
        .eventually(() -> found == null ? Future.<Void>succeededFuture() : found.close());
  }
}

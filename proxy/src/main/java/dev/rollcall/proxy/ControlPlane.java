package dev.rollcall.proxy;

import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.proxy.cluster.LateMember;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/**
 * The clustered Vertx: roll, probes, admin and Hazelcast live on its one event loop and its
 * workers, where they can't stand in the way of traffic.
 */
final class ControlPlane {

  private final LateMember member;
  private final Vertx vertx;
  private final Future<Vertx> clustered;
  private volatile boolean joining;

  private ControlPlane(LateMember member, Vertx vertx, Future<Vertx> clustered) {
    this.member = member;
    this.vertx = vertx;
    this.clustered = clustered;
  }

  /** Opens it; not yet in the cluster. */
  static ControlPlane open(ClusterOptions cluster) {
    LateMember member = new LateMember(cluster::start);
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(4)
            .setInternalBlockingPoolSize(4)
            .setFileSystemOptions(TrafficPlane.noFiles());
    options.getEventBusOptions().setHost(ClusterOptions.BUS_HOST).setPort(cluster.busPort());
    Future<Vertx> clustered =
        Vertx.builder().with(options).withClusterManager(member).buildClustered();
    return new ControlPlane(member, member.vertx().result(), clustered);
  }

  Vertx vertx() {
    return vertx;
  }

  /** Joins the cluster, or is its first member. */
  Future<HazelcastInstance> join() {
    joining = true;
    member.join();
    return clustered.map(joined -> member.member());
  }

  /** Leaves the cluster, after a join under way, and ends everything on this plane. */
  Future<Void> close() {
    return joining ? clustered.transform(ended -> vertx.close()) : vertx.close();
  }
}

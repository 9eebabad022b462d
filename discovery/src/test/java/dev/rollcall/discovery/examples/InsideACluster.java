package dev.rollcall.discovery.examples;

import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.hazelcast.HazelcastRegistry;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** An application that runs clustered Vert.x already. */
final class InsideACluster {

  private InsideACluster() {}

  static Registry registry(Vertx vertx, HazelcastClusterManager manager, String secret) {
    // The README's example begins.
    Registry registry =
        HazelcastRegistry.over(vertx, manager.getHazelcastInstance(), Signature.of(secret, null));
    // It ends.
    return registry;
  }
}

package dev.rollcall.discovery.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import io.vertx.core.Vertx;

/** What a proxy brings to the cluster, for tests that know nothing of Hazelcast. */
public final class Proxies implements AutoCloseable {

  private final Signature signature;
  private final Members members;
  private final HazelcastInstance member;

  public Proxies(String secret) {
    this.signature = Signature.of(secret, null);
    this.members = new Members(1, signature);
    this.member =
        members.start(0, new Cluster(Cluster.DEFAULT_NAME, members.cluster().members(), signature));
  }

  /** {@code host:port} for instances. */
  public String address() {
    return members.cluster().members().get(0).toString();
  }

  public Registry registry(Vertx vertx) {
    return HazelcastRegistry.over(vertx, member, signature);
  }

  @Override
  public void close() {
    members.close();
  }
}

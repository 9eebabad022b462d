package dev.rollcall.proxy.cluster;

import io.vertx.core.Completable;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.shareddata.Counter;
import io.vertx.core.shareddata.Lock;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.List;
import java.util.Map;

/** What a clustered Vertx asks for once it has joined, passed on to who has joined. */
abstract class ForwardingClusterManager implements ClusterManager {

  /** Throws IllegalStateException before that. */
  protected abstract ClusterManager joined();

  @Override
  public <K, V> void getAsyncMap(String name, Completable<AsyncMap<K, V>> promise) {
    joined().getAsyncMap(name, promise);
  }

  @Override
  public <K, V> Map<K, V> getSyncMap(String name) {
    return joined().getSyncMap(name);
  }

  @Override
  public void getLockWithTimeout(String name, long timeout, Completable<Lock> promise) {
    joined().getLockWithTimeout(name, timeout, promise);
  }

  @Override
  public void getCounter(String name, Completable<Counter> promise) {
    joined().getCounter(name, promise);
  }

  @Override
  public String getNodeId() {
    return joined().getNodeId();
  }

  @Override
  public List<String> getNodes() {
    return joined().getNodes();
  }

  @Override
  public void setNodeInfo(NodeInfo info, Completable<Void> promise) {
    joined().setNodeInfo(info, promise);
  }

  @Override
  public NodeInfo getNodeInfo() {
    return joined().getNodeInfo();
  }

  @Override
  public void getNodeInfo(String id, Completable<NodeInfo> promise) {
    joined().getNodeInfo(id, promise);
  }

  @Override
  public void addRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    joined().addRegistration(address, registration, promise);
  }

  @Override
  public void removeRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    joined().removeRegistration(address, registration, promise);
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
    joined().getRegistrations(address, promise);
  }
}

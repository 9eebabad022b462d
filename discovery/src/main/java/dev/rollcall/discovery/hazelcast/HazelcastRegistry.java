package dev.rollcall.discovery.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.store.ForwardingRegistry;
import dev.rollcall.discovery.store.Ids;
import dev.rollcall.discovery.store.Pace;
import dev.rollcall.discovery.store.StoredRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The registry over Hazelcast. An instance {@linkplain #connect connects} as a client; a proxy, or
 * an application that is in the cluster already, registers {@linkplain #over over what it has}.
 *
 * <p>Nothing here blocks, nothing fails because nobody is there yet: it keeps trying. {@link
 * Lease#registered()} and {@link Lease#connected()} tell how far it is. Any thread.
 */
public final class HazelcastRegistry extends ForwardingRegistry {

  private final Supplier<Future<Void>> release;

  private HazelcastRegistry(Registry registry, Supplier<Future<Void>> release) {
    super(registry);
    this.release = release;
  }

  /**
   * A client of the cluster, opened and closed with the registry. The first instance that registers
   * here has the client's name as its id, so that members can tell whose connection was lost. With
   * a previous secret there are two clients: see {@link RotatingRegistry}.
   *
   * @param name of that instance
   */
  public static HazelcastRegistry connect(Vertx vertx, Cluster cluster, String name) {
    return connect(vertx, cluster, name, Pace.DEFAULT);
  }

  static HazelcastRegistry connect(Vertx vertx, Cluster cluster, String name, Pace pace) {
    String id = Ids.instance(name);
    UnaryOperator<String> ids = first(id);
    Opened now = open(vertx, cluster, id, id, pace, ids);
    return cluster
        .before()
        .map(old -> open(vertx, old, id + ".before", id, pace, ids))
        .map(
            before ->
                new HazelcastRegistry(
                    new RotatingRegistry(now.registry(), before.registry(), ids),
                    () -> Future.join(now.client().close(), before.client().close()).mapEmpty()))
        .orElseGet(() -> new HazelcastRegistry(now.registry(), now.client()::close));
  }

  /**
   * Over an instance that stays its owner's: {@link #close} lets go of it, and no more.
   *
   * @param hazelcast member or client; need not be connected yet
   */
  public static HazelcastRegistry over(
      Vertx vertx, HazelcastInstance hazelcast, Signature signature) {
    return over(vertx, hazelcast, signature, Pace.DEFAULT);
  }

  static HazelcastRegistry over(
      Vertx vertx, HazelcastInstance hazelcast, Signature signature, Pace pace) {
    HazelcastStore store = new HazelcastStore(vertx);
    Registry registry = stored(vertx, store, signature, pace, Ids::instance);
    store.open(hazelcast);
    return new HazelcastRegistry(registry, Future::succeededFuture);
  }

  @Override
  public Future<Void> close() {
    return release.get().eventually(super::close);
  }

  private record Opened(StoredRegistry registry, OwnClient client) {}

  private static Opened open(
      Vertx vertx,
      Cluster cluster,
      String clientName,
      String instanceId,
      Pace pace,
      UnaryOperator<String> ids) {
    HazelcastStore store = new HazelcastStore(vertx);
    OwnClient client =
        new OwnClient(vertx, store, () -> TunedClient.config(cluster, clientName, instanceId));
    StoredRegistry registry = stored(vertx, store, cluster.signature(), pace, ids);
    client.open();
    return new Opened(registry, client);
  }

  private static StoredRegistry stored(
      Vertx vertx,
      HazelcastStore store,
      Signature signature,
      Pace pace,
      UnaryOperator<String> ids) {
    return new StoredRegistry(vertx, store, signature, pace, System::nanoTime, ids, Ids.epochs());
  }

  private static UnaryOperator<String> first(String id) {
    AtomicBoolean taken = new AtomicBoolean();
    return name -> taken.compareAndSet(false, true) ? id : Ids.instance(name);
  }
}

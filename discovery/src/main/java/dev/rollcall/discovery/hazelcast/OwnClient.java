package dev.rollcall.discovery.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A Hazelcast client that a store opens for itself. A client connects and reconnects by itself;
 * only when it shuts down by itself (a cluster with another number of partitions makes it do that)
 * is another one opened.
 */
final class OwnClient {

  private static final Logger LOG = Logger.getLogger(OwnClient.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final HazelcastStore store;
  private final Supplier<ClientConfig> config;
  private volatile boolean closed;
  private volatile boolean complained;
  private @Nullable HazelcastInstance client;

  OwnClient(Vertx vertx, HazelcastStore store, Supplier<ClientConfig> config) {
    this.vertx = vertx;
    this.store = store;
    this.config = config;
  }

  /** Returns at once. */
  void open() {
    store.workers().run(this::create).onFailure(this::failed);
  }

  Future<Void> close() {
    return store.workers().run(this::shutdown);
  }

  private synchronized void create() {
    if (!closed) {
      HazelcastInstance created = HazelcastClient.newHazelcastClient(config.get());
      client = created;
      created.getLifecycleService().addLifecycleListener(this::stateChanged);
      store.use(created);
    }
  }

  private synchronized void shutdown() {
    closed = true;
    if (client != null) {
      store.shutDown(client);
    }
  }

  private void stateChanged(LifecycleEvent event) {
    if (event.getState() == LifecycleEvent.LifecycleState.SHUTDOWN) {
      later();
    }
  }

  private void failed(Throwable why) {
    if (why instanceof RejectedExecutionException) {
      // Our threads have ended: so has the process, or the Vertx, that wanted a client.
      closed = true;
      return;
    }
    if (!closed && !complained) {
      complained = true;
      LOG.log(Level.WARNING, "can''t open a Hazelcast client: {0}; trying on", why.getMessage());
    }
    later();
  }

  private void later() {
    if (closed) {
      return;
    }
    vertx.setTimer(PAUSE.toMillis(), timer -> open());
  }
}

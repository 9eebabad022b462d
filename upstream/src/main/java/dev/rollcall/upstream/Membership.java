package dev.rollcall.upstream;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The instance's place on the roll, and what a person is told about it: that it joined, that it
 * keeps trying, that the connection was lost and came back. Each is said once, when it changes.
 *
 * <p>Runs on one event loop.
 */
final class Membership {

  private static final Logger LOG = Logger.getLogger(Membership.class.getName());

  /** Starting together with the proxy is nothing to talk about. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String NOT_FOUND = "%s found no proxy of %s at %s yet";

  private static final String CUT_OFF = "%s is still cut off from %s, at %s";

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final String name;
  private final List<Endpoint> proxies;
  private final String cluster;
  private final Supplier<Registry> registry;
  private @Nullable Future<Registry> opened;
  private @Nullable Lease lease;
  private boolean joined;
  private boolean on;
  private boolean silent;
  private long impatience = -1;
  private long watch = -1;

  /**
   * @param registry asked once, on a worker thread; need not be connected yet. Whoever made it
   *     closes it
   */
  Membership(Vertx vertx, UpstreamOptions options, Supplier<Registry> registry) {
    this.vertx = vertx;
    this.name = options.name();
    this.proxies = options.cluster().members();
    this.cluster = options.cluster().inWords();
    this.registry = registry;
  }

  /**
   * Begins to look for the cluster, while there is nothing to register yet: that takes as long as
   * what else a start does. Returns at once; {@link #join} does it otherwise.
   */
  Future<Registry> connect() {
    if (opened == null) {
      // Elsewhere, because what opens a registry loads many classes.
      opened = vertx.executeBlocking(registry::get);
    }
    return opened;
  }

  /**
   * Registers as soon as that is possible, and keeps trying. Returns at once.
   *
   * @param ready what registering waits for; connecting doesn't
   */
  void join(Registration registration, Supplier<Load> load, Future<Void> ready) {
    impatience = vertx.setTimer(PATIENCE.toMillis(), late -> explain(NOT_FOUND));
    connect()
        .compose(found -> ready.map(found))
        .compose(found -> register(found, registration, load))
        .onSuccess(this::joined)
        .onFailure(failed -> LOG.log(Level.SEVERE, name + " can't join the roll", failed))
        .onComplete(done -> vertx.cancelTimer(impatience));
  }

  /** On the roll or on the way there; null before it tries to join. */
  @Nullable Lease lease() {
    return lease;
  }

  /** False when what we say now is heard by nobody: not on the roll yet, or cut off from it. */
  boolean heard() {
    return joined && lease != null && lease.connected();
  }

  /** It has been on the roll, where proxies may have read of it. */
  boolean hasJoined() {
    return joined;
  }

  /** The id of the instance, or null before it tries to join. */
  @Nullable String id() {
    return lease == null ? null : lease.id();
  }

  /**
   * Leaves the roll.
   *
   * @param limit how long the registry may take to hear it
   */
  Future<Void> leave(Duration limit) {
    fallSilent();
    return lease == null ? Future.succeededFuture() : lease.leave(limit);
  }

  /** Says nothing any more. */
  void fallSilent() {
    silent = true;
    vertx.cancelTimer(impatience);
    vertx.cancelTimer(watch);
  }

  private Future<Instance> register(
      Registry found, Registration registration, Supplier<Load> load) {
    Lease taken = found.register(registration, load);
    lease = taken;
    return taken.registered();
  }

  /** Says why nobody is found, unless somebody was meanwhile. */
  private void explain(String what) {
    if (isCutOff()) {
      List<Future<String>> obstacles =
          proxies.stream().map(proxy -> Obstacle.at(proxy, vertx)).toList();
      Future.all(obstacles).onSuccess(all -> complain(what, String.join(", ", all.list())));
    }
  }

  private void complain(String what, String where) {
    if (isCutOff() && !silent) {
      LOG.info(what.formatted(name, cluster, where) + "; it keeps trying");
    }
  }

  private boolean isCutOff() {
    return lease == null || !lease.connected();
  }

  private void joined(Instance instance) {
    joined = true;
    if (silent) {
      return;
    }
    LOG.info(name + " joined the roll as " + instance.id() + " at " + instance.endpoint());
    on = true;
    watch = vertx.setPeriodic(LOOK_AGAIN.toMillis(), tick -> look());
  }

  private void look() {
    boolean connected = lease != null && lease.connected();
    if (connected == on) {
      return;
    }
    on = connected;
    LOG.info(
        connected
            ? name + " is connected to the roll again"
            : name + " lost its connection to the roll; it serves on and keeps trying");
    if (!connected) {
      impatience = vertx.setTimer(PATIENCE.toMillis(), late -> explain(CUT_OFF));
    }
  }
}

package dev.rollcall.upstream;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
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

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Vertx vertx;
  private final String name;
  private final Supplier<Future<Registry>> registry;
  private @Nullable Lease lease;
  private boolean joined;
  private boolean on;
  private long impatience = -1;
  private long watch = -1;

  /**
   * @param name shown to people
   * @param registry asked once, by {@link #join}; completes when there is something to register
   *     with. Whoever made it closes it
   */
  Membership(Vertx vertx, String name, Supplier<Future<Registry>> registry) {
    this.vertx = vertx;
    this.name = name;
    this.registry = registry;
  }

  /** Registers as soon as that is possible, and keeps trying. Returns at once. */
  void join(Registration registration, Supplier<Load> load) {
    impatience =
        vertx.setTimer(
            PATIENCE.toMillis(), late -> LOG.info(name + " found no proxy yet; it keeps trying"));
    registry
        .get()
        .compose(found -> register(found, registration, load))
        .onSuccess(this::joined)
        .onFailure(failed -> LOG.log(Level.SEVERE, name + " can't join the roll", failed))
        .onComplete(done -> vertx.cancelTimer(impatience));
  }

  /** The way to be heard, or null while nobody would hear: not on the roll, or cut off from it. */
  @Nullable Lease heard() {
    return joined && lease != null && lease.connected() ? lease : null;
  }

  /** The same, also while nobody hears: it will be said when somebody does. */
  @Nullable Lease lease() {
    return lease;
  }

  /** The id of the instance, or null before there is one. */
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
    vertx.cancelTimer(impatience);
    vertx.cancelTimer(watch);
  }

  private Future<Instance> register(
      Registry found, Registration registration, Supplier<Load> load) {
    Lease taken = found.register(registration, load);
    lease = taken;
    return taken.registered();
  }

  private void joined(Instance instance) {
    LOG.info(name + " joined the roll as " + instance.id() + " at " + instance.endpoint());
    joined = true;
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
  }
}

package dev.rollcall.upstream;

import dev.rollcall.discovery.Registry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An upstream from start to end: the demo service, or the companion of another HTTP server, kept on
 * the roll. It works whether or not there is a registry, and joins when there is.
 *
 * <p>Deploy one instance: what is in flight is counted on its event loop.
 */
public final class UpstreamVerticle extends VerticleBase {

  private final UpstreamOptions options;
  private final Supplier<Registry> registry;
  private @Nullable Duty duty;
  private @Nullable Future<Void> departure;

  /**
   * @param registry asked once, on a worker thread, at the latest when the service listens or the
   *     target answers; need not be connected yet. Whoever made it closes it, after this verticle
   */
  public UpstreamVerticle(UpstreamOptions options, Supplier<Registry> registry) {
    this.options = options;
    this.registry = registry;
  }

  /** Completes when the service listens, or the target is being watched. */
  @Override
  public Future<?> start() {
    TargetOptions target = options.target();
    duty =
        target == null
            ? new DemoDuty(vertx, options, registry)
            : new CompanionDuty(vertx, options, target, registry);
    return duty.begin();
  }

  /** Leaves the roll at once, unless it departed before. */
  @Override
  public Future<?> stop() {
    if (departure != null || duty == null) {
      return Future.succeededFuture();
    }
    return duty.abandon();
  }

  /**
   * Ends without costing anybody an answer: the proxies let go, what is in flight is finished, the
   * roll is left. Any thread may call; a second call joins the first.
   *
   * @return completes when all is over, on the event loop; fails when requests had to be cut
   *     because {@code drain.timeout} was over
   */
  public Future<Void> depart() {
    Promise<Void> gone = Promise.promise();
    context.runOnContext(now -> departHere().onComplete(gone));
    return gone.future();
  }

  /** The port of the demo service, once it is deployed; 0 beside a target. */
  public int port() {
    return duty instanceof DemoDuty demo ? demo.port() : 0;
  }

  private Future<Void> departHere() {
    if (departure == null) {
      departure = duty == null ? Future.succeededFuture() : duty.depart();
    }
    return departure;
  }
}

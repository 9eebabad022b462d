package dev.rollcall.upstream;

import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Stands beside an HTTP server that knows nothing of Rollcall: registers it once it answers, takes
 * it off the roll while it doesn't, and, told to stop, stays until the proxies have let go.
 * Requests never pass through here. The server itself must outlive its companion by that much.
 */
final class CompanionDuty implements Duty {

  private static final Logger LOG = Logger.getLogger(CompanionDuty.class.getName());

  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final UpstreamOptions options;
  private final TargetOptions target;
  private final Membership membership;
  private final TargetHealth health;
  private final Supplier<Future<Void>> check;
  private boolean complained;
  private boolean over;

  CompanionDuty(
      Vertx vertx, UpstreamOptions options, TargetOptions target, Supplier<Registry> registry) {
    this.vertx = vertx;
    this.options = options;
    this.target = target;
    this.membership = new Membership(vertx, options, registry);
    this.health = new TargetHealth(target.fall(), target.rise());
    this.check = new TargetCheck(vertx, target);
  }

  @Override
  public Future<Void> begin() {
    LOG.info(options.name() + " watches " + target.endpoint());
    look();
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> depart() {
    over = true;
    membership.fallSilent();
    LOG.info(options.name() + " is stopping");
    return letGo().compose(all -> membership.leave(LAST_WORDS).map(all)).compose(this::verdict);
  }

  @Override
  public Future<Void> abandon() {
    over = true;
    return membership.leave(LAST_WORDS);
  }

  /** False when a proxy still holds on. When nobody can be told there is nothing to wait for. */
  private Future<Boolean> letGo() {
    Lease lease = membership.lease();
    return lease == null || !membership.heard()
        ? Future.succeededFuture(true)
        : lease.drain(options.drain().timeout());
  }

  private void look() {
    check
        .get()
        .onSuccess(well -> note(true, ""))
        .onFailure(failed -> note(false, String.valueOf(failed.getMessage())))
        .onComplete(
            done -> {
              if (!over) {
                vertx.setTimer(target.interval().toMillis(), due -> look());
              }
            });
  }

  private void note(boolean well, String why) {
    if (over) {
      return;
    }
    boolean first = health.state() == TargetHealth.State.UNKNOWN;
    if (health.after(well)) {
      turn(first, why);
    } else if (first && !complained) {
      complained = true;
      LOG.info(
          target.endpoint()
              + " doesn't answer yet ("
              + why
              + "); "
              + options.name()
              + " keeps trying");
    }
  }

  private void turn(boolean first, String why) {
    if (first) {
      membership.join(
          options.registration(target.endpoint().port(), target.probe()),
          () -> new Load(0, -1),
          Future.succeededFuture());
      return;
    }
    boolean well = health.state() == TargetHealth.State.WELL;
    LOG.info(
        well ? target.endpoint() + " answers again" : target.endpoint() + " is not well: " + why);
    Lease lease = membership.lease();
    if (lease == null) {
      return;
    }
    if (well) {
      lease.resume();
    } else {
      lease.drain(options.drain().timeout());
    }
  }

  private Future<Void> verdict(boolean all) {
    LOG.info(options.name() + " stopped");
    return all
        ? Future.succeededFuture()
        : Future.failedFuture(new CutShort("a proxy still had requests at " + target.endpoint()));
  }
}

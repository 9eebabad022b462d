package dev.rollcall.proxy;

import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.Registry;
import dev.rollcall.proxy.health.HealthOptions;
import dev.rollcall.proxy.health.HealthWatch;
import dev.rollcall.proxy.health.NamedUpstream;
import dev.rollcall.proxy.roll.EventLog;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.RollReport;
import dev.rollcall.proxy.roll.RollView;
import dev.rollcall.proxy.roll.TrafficWitness;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The control plane's heart: keeps the roll, on one event loop that carries no traffic. Deploy one.
 *
 * <p>Deployment completes when the upstreams of the settings are on the roll, whether or not there
 * is a registry yet; {@link #join} adds one when it is there.
 */
public final class RollVerticle extends VerticleBase {

  private final Function<String, HealthOptions> health;
  private final List<NamedUpstream> upstreams;
  private final List<String> secrets;
  private final Roll roll;
  private final EventLog events = new EventLog();
  private @Nullable HealthWatch watch;

  /**
   * @param health how a service's upstreams are judged
   * @param upstreams those that can't register
   * @param secrets that instances may prove themselves by, the present one first; empty: none is
   *     asked for
   */
  public RollVerticle(
      RollOptions rollOptions,
      Function<String, HealthOptions> health,
      List<NamedUpstream> upstreams,
      List<String> secrets) {
    this.health = health;
    this.upstreams = List.copyOf(upstreams);
    this.secrets = List.copyOf(secrets);
    this.roll = new Roll(rollOptions, Clock.systemUTC());
  }

  @Override
  public Future<?> start() {
    roll.onTransition(events::note);
    roll.onWish(events::noteWish);
    HealthWatch started =
        new HealthWatch(vertx, roll, health, upstreams, secrets, System::nanoTime);
    watch = started;
    return started.start();
  }

  /**
   * Begins to hear a registry; any thread, after deployment.
   *
   * @param seat this proxy's own place in it, where draining instances wait for our word
   */
  public Future<Void> join(Registry registry, ProxySeat seat) {
    Promise<Void> joined = Promise.promise();
    context.runOnContext(
        now -> {
          watch().join(registry, seat);
          joined.complete();
        });
    return joined.future();
  }

  /** Takes other settings, any thread, after deployment; the future tells when they hold. */
  public Future<Void> change(
      RollOptions rollOptions, Function<String, HealthOptions> options, List<NamedUpstream> named) {
    Promise<Void> changed = Promise.promise();
    context.runOnContext(now -> watch().change(rollOptions, options, named).onComplete(changed));
    return changed.future();
  }

  /** The roll as traffic reads it; any thread. */
  public RollView roll() {
    return roll;
  }

  /** What traffic shall tell; any thread, after deployment. */
  public TrafficWitness witness() {
    return watch().witness();
  }

  /** The roll for those who look on; use it on this verticle's context. */
  public RollReport report() {
    return new RollReport(roll, events, System::nanoTime);
  }

  @Override
  public Future<?> stop() {
    watch().stop();
    return Future.succeededFuture();
  }

  private HealthWatch watch() {
    if (watch == null) {
      throw new IllegalStateException("the roll is read before it was deployed");
    }
    return watch;
  }
}

package dev.rollcall.proxy.health;

import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Subscription;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.TrafficWitness;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Health with its clockwork: real probes, real time, the registry's word and the traffic's. Made
 * and called on the control plane's context, except {@link #witness}, which any thread may call.
 */
public final class HealthWatch {

  /** A name is found in milliseconds; while no DNS answers, in ten seconds it isn't. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Context context;
  private final Roll roll;
  private final Health health;
  private final TrafficWitness witness;
  private final NamedUpstreams named;
  private final long ticker;
  private final long resolver;
  private @Nullable Subscription subscription;
  private @Nullable DrainClerk drains;

  /**
   * @param options by service
   * @param upstreams those that can't register
   * @param secrets that instances may prove themselves by; empty: none is asked for
   * @param clock monotonic nanoseconds
   */
  public HealthWatch(
      Vertx vertx,
      Roll roll,
      Function<String, HealthOptions> options,
      List<NamedUpstream> upstreams,
      List<String> secrets,
      LongSupplier clock) {
    this(vertx, roll, options, upstreams, secrets, clock, new SystemNames(vertx));
  }

  HealthWatch(
      Vertx vertx,
      Roll roll,
      Function<String, HealthOptions> options,
      List<NamedUpstream> upstreams,
      List<String> secrets,
      LongSupplier clock,
      Function<String, Future<List<InetAddress>>> names) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.roll = roll;
    this.health =
        new Health(
            roll, options, new NetProber(vertx, secrets), clock, ThreadLocalRandom.current());
    this.witness =
        new TrafficEar(
            clock,
            (upstream, fault, detail) ->
                context.runOnContext(now -> health.failed(upstream, fault, detail)),
            health.stirred());
    this.named = new NamedUpstreams(upstreams, options, names, health, roll);
    this.ticker = vertx.setPeriodic(Health.TICK.toMillis(), now -> tick());
    this.resolver = vertx.setPeriodic(NamedUpstreams.AGAIN.toMillis(), now -> named.refresh());
  }

  /**
   * Completes when the upstreams of the settings are on the roll, but for those whose names take
   * long to find: the others are served meanwhile.
   */
  public Future<Void> start() {
    Promise<Void> begun = Promise.promise();
    long late = vertx.setTimer(PATIENCE.toMillis(), now -> begun.tryComplete());
    named
        .refresh()
        .onComplete(
            found -> {
              vertx.cancelTimer(late);
              begun.tryComplete();
            });
    return begun.future();
  }

  /**
   * Takes other settings. The names of new upstreams are looked up first, then all of it changes at
   * once; the future tells when.
   */
  public Future<Void> change(
      RollOptions rollOptions,
      Function<String, HealthOptions> options,
      List<NamedUpstream> upstreams) {
    return named
        .prepare(upstreams)
        .map(
            ready -> {
              health.options(options);
              roll.change(rollOptions, () -> named.replace(ready, options));
              return null;
            });
  }

  /** What traffic shall tell; any thread. */
  public TrafficWitness witness() {
    return witness;
  }

  /**
   * Begins to hear the registry.
   *
   * @param seat where draining instances wait for our word
   */
  public void join(Registry registry, ProxySeat seat) {
    health.join(registry);
    drains = new DrainClerk(roll, seat);
    subscription = registry.watch(health::hear);
  }

  /** Hears and asks nobody any more; the roll stays as it is. */
  public void stop() {
    vertx.cancelTimer(ticker);
    vertx.cancelTimer(resolver);
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private void tick() {
    health.tick();
    if (drains != null) {
      drains.tick();
    }
  }
}

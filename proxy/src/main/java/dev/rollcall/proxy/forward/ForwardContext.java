package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.roll.RollView;
import dev.rollcall.proxy.roll.TrafficWitness;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What all traffic loops share. Everything in it is safe for any thread.
 *
 * @param roll who may be chosen
 * @param witness hears what traffic saw
 * @param policies the policy of a service, the same object at each call
 * @param options what the engine was told
 * @param log hears of each request when it is over
 * @param counters for the metrics page
 * @param connectionLimit over all loops
 * @param rates over all loops, or null: no limit
 * @param tunnels open ones over all loops
 * @param inFlight requests under way on all loops
 * @param serviceInFlight the same by service, for those with a limit
 * @param loops how many traffic loops there are
 */
public record ForwardContext(
    RollView roll,
    TrafficWitness witness,
    Function<String, SelectionPolicy> policies,
    ForwardOptions options,
    RequestLog log,
    Counters counters,
    ConnectionLimit connectionLimit,
    @Nullable RateLimiter rates,
    TunnelLimit tunnels,
    AtomicInteger inFlight,
    Map<String, AtomicInteger> serviceInFlight,
    int loops) {

  /** Without a request log. */
  public static ForwardContext of(
      RollView roll,
      TrafficWitness witness,
      Function<String, SelectionPolicy> policies,
      ForwardOptions options,
      int loops) {
    return of(roll, witness, policies, options, RequestLog.OFF, loops);
  }

  public static ForwardContext of(
      RollView roll,
      TrafficWitness witness,
      Function<String, SelectionPolicy> policies,
      ForwardOptions options,
      RequestLog log,
      int loops) {
    return new ForwardContext(
        roll,
        witness,
        policies,
        options,
        log,
        new Counters(),
        new ConnectionLimit(options.limits()),
        options.rates().isNone()
            ? null
            : new RateLimiter(options.rates(), options.trusted(), System::nanoTime),
        new TunnelLimit(options),
        new AtomicInteger(),
        new ConcurrentHashMap<>(),
        loops);
  }

  /**
   * False: the service has as much under way as it may have. Each true is followed by {@link
   * #leave}.
   */
  boolean enter(String service) {
    int limit = options.admission(service).inFlight();
    if (limit == Limits.NONE) {
      return true;
    }
    AtomicInteger count = serviceInFlight.computeIfAbsent(service, s -> new AtomicInteger());
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave(String service) {
    AtomicInteger count = serviceInFlight.get(service);
    if (count != null) {
      count.decrementAndGet();
    }
  }
}

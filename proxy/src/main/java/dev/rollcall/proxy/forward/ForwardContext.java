package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.forward.client.ConnectionLimit;
import dev.rollcall.proxy.forward.client.EdgeRules;
import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.forward.client.Timeouts;
import dev.rollcall.proxy.forward.client.TrustedProxies;
import dev.rollcall.proxy.forward.message.Refusal;
import dev.rollcall.proxy.forward.rate.RateLimiter;
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
 * @param told what the engine is told at present; see {@link #change}
 * @param log hears of each request when it is over
 * @param counters for the metrics page
 * @param connectionLimit over all loops
 * @param tunnels open ones over all loops
 * @param inFlight requests under way on all loops
 * @param serviceInFlight the same by service, for those with a limit
 * @param loops how many traffic loops there are
 * @param arrival whether this proxy may not have heard yet who is there
 */
public record ForwardContext(
    RollView roll,
    TrafficWitness witness,
    Function<String, SelectionPolicy> policies,
    LiveOptions told,
    RequestLog log,
    Counters counters,
    ConnectionLimit connectionLimit,
    TunnelLimit tunnels,
    AtomicInteger inFlight,
    Map<String, AtomicInteger> serviceInFlight,
    int loops,
    Arrival arrival)
    implements EdgeRules {

  private static final AtomicInteger UNCOUNTED = new AtomicInteger();

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
    LiveOptions told = new LiveOptions(options);
    return new ForwardContext(
        roll,
        witness,
        policies,
        told,
        log,
        new Counters(),
        new ConnectionLimit(() -> told.get().limits()),
        new TunnelLimit(told),
        new AtomicInteger(),
        new ConcurrentHashMap<>(),
        loops,
        new Arrival());
  }

  /** What the engine is told at present. */
  public ForwardOptions options() {
    return told.get();
  }

  @Override
  public Limits limits() {
    return options().limits();
  }

  @Override
  public Timeouts timeouts() {
    return options().timeouts();
  }

  @Override
  public TrustedProxies trusted() {
    return options().trusted();
  }

  @Override
  public void count(Refusal refusal) {
    counters.refused(refusal);
  }

  /** How many requests clients may send, over all loops; null: no limit. */
  @Nullable RateLimiter rates() {
    return told.rates();
  }

  /** From now on these options hold, also for connections that are open; one caller at a time. */
  public void change(ForwardOptions next) {
    told.change(next);
  }

  /**
   * Counts a request in; null: the service has as much under way as it may have. What it returns is
   * given back to {@link #leave}, since there may be another limit by then, or none.
   */
  @Nullable AtomicInteger enter(String service) {
    int limit = options().admission(service).inFlight();
    if (limit == Limits.NONE) {
      return UNCOUNTED;
    }
    AtomicInteger count = serviceInFlight.computeIfAbsent(service, s -> new AtomicInteger());
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      return null;
    }
    return count;
  }

  void leave(AtomicInteger count) {
    if (count != UNCOUNTED) {
      count.decrementAndGet();
    }
  }
}

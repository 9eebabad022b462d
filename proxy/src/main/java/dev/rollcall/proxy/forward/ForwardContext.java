package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.roll.RollView;
import dev.rollcall.proxy.roll.TrafficWitness;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * What all traffic loops share. Everything in it is safe for any thread.
 *
 * @param roll who may be chosen
 * @param witness hears what traffic saw
 * @param policies the policy of a service, the same object at each call
 * @param options what the engine was told
 * @param counters for the metrics page
 * @param connectionLimit over all loops
 * @param inFlight requests under way on all loops
 * @param loops how many traffic loops there are
 */
public record ForwardContext(
    RollView roll,
    TrafficWitness witness,
    Function<String, SelectionPolicy> policies,
    ForwardOptions options,
    Counters counters,
    ConnectionLimit connectionLimit,
    AtomicInteger inFlight,
    int loops) {

  public static ForwardContext of(
      RollView roll,
      TrafficWitness witness,
      Function<String, SelectionPolicy> policies,
      ForwardOptions options,
      int loops) {
    return new ForwardContext(
        roll,
        witness,
        policies,
        options,
        new Counters(),
        new ConnectionLimit(options.limits()),
        new AtomicInteger(),
        loops);
  }
}

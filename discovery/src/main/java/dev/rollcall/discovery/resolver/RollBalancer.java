package dev.rollcall.discovery.resolver;

import io.vertx.core.net.endpoint.InteractionMetrics;
import io.vertx.core.net.endpoint.LoadBalancer;
import io.vertx.core.net.endpoint.ServerEndpoint;
import io.vertx.core.net.endpoint.ServerSelector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How {@link RollResolver} shares requests out: by weight, and past those whom a connection or a
 * request has just failed with, while there are others. Give each client one of its own. Vert.x
 * forgets its counters whenever an instance comes or goes; these stay.
 */
public final class RollBalancer implements LoadBalancer {

  /** How long an instance is avoided after a failure. */
  private static final long AVOIDED = 1_000_000_000L;

  private enum Way {
    ROUND_ROBIN,
    LEAST_REQUESTS
  }

  private final Way way;
  private final LongSupplier nanoTime;
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

  private RollBalancer(Way way, LongSupplier nanoTime) {
    this.way = way;
    this.nanoTime = nanoTime;
  }

  /** In turn, each as often as its weight says, spread out and not in bursts. */
  public static RollBalancer roundRobin() {
    return new RollBalancer(Way.ROUND_ROBIN, System::nanoTime);
  }

  /** The one with the fewest requests under way for its weight, in turn among equals. */
  public static RollBalancer leastRequests() {
    return new RollBalancer(Way.LEAST_REQUESTS, System::nanoTime);
  }

  static RollBalancer roundRobin(LongSupplier nanoTime) {
    return new RollBalancer(Way.ROUND_ROBIN, nanoTime);
  }

  static RollBalancer leastRequests(LongSupplier nanoTime) {
    return new RollBalancer(Way.LEAST_REQUESTS, nanoTime);
  }

  @Override
  public InteractionMetrics<?> newMetrics() {
    return new Tally.Metrics(nanoTime);
  }

  /** Called with each new list, before anything is chosen from it. */
  @Override
  public ServerSelector selector(List<? extends ServerEndpoint> servers) {
    List<Tally> all = servers.stream().map(this::tally).toList();
    tallies
        .keySet()
        .retainAll(servers.stream().map(ServerEndpoint::key).collect(Collectors.toSet()));
    ToDoubleFunction<Tally> crowded =
        way == Way.LEAST_REQUESTS ? tally -> (tally.inFlight() + 1.0) / tally.weight() : t -> 0;
    return new SmoothSelector(all, crowded, nanoTime, AVOIDED);
  }

  private Tally tally(ServerEndpoint server) {
    int weight = server.unwrap() instanceof Choice choice ? choice.weight() : 1;
    Tally tally =
        tallies.computeIfAbsent(server.key(), key -> new Tally(nanoTime.getAsLong() - AVOIDED - 1));
    tally.weigh(weight);
    if (server.metrics() instanceof Tally.Metrics metrics) {
      metrics.count(tally);
    }
    return tally;
  }
}

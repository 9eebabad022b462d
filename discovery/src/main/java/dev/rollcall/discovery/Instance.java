package dev.rollcall.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One running copy of a service, as it stands in the registry. Immutable; a change is a new value
 * with a higher {@code seq}. A restart is a new {@code epoch}.
 *
 * @param id unique for each start; names the instance in every map
 * @param epoch random at start; with {@code seq} orders what an instance says without comparing
 *     clocks
 * @param seq rises with every change
 * @param service the name that it serves under
 * @param name shown to people
 * @param endpoint where proxies call it
 * @param protocol what it speaks there
 * @param weight share of traffic relative to its neighbours, 0 to 1000; 0 means none
 * @param tier primary or backup
 * @param zone where it runs, or empty
 * @param routes what it wants to be reached under: {@code /path}, {@code host/path}, {@code
 *     *.domain/path}
 * @param metadata free text pairs
 * @param state what it says of itself
 * @param heartbeat how often it answers the roll call
 * @param probe how to ask whether it lives
 * @param override the operator's wish that it obeys, or null
 */
public record Instance(
    String id,
    String epoch,
    long seq,
    String service,
    String name,
    Endpoint endpoint,
    Protocol protocol,
    int weight,
    Tier tier,
    String zone,
    List<String> routes,
    Map<String, String> metadata,
    InstanceState state,
    Duration heartbeat,
    ProbeTarget probe,
    @Nullable InstanceOverride override) {

  public Instance {
    routes = List.copyOf(routes);
    metadata = Map.copyOf(metadata);
  }

  /**
   * One that others tell of, and that says nothing of itself: it has the usual weight, is of the
   * usual tier, takes every path.
   */
  public static Instance named(
      String id,
      String epoch,
      String service,
      String name,
      Endpoint endpoint,
      Protocol protocol,
      ProbeTarget probe) {
    return new Instance(
        id,
        epoch,
        0,
        service,
        name,
        endpoint,
        protocol,
        1,
        Tier.PRIMARY,
        "",
        List.of("/"),
        Map.of(),
        InstanceState.UP,
        Duration.ofSeconds(1),
        probe,
        null);
  }

  /** The lease that heartbeats renew: five of them, at least 5 s. */
  public Duration lease() {
    Duration five = heartbeat.multipliedBy(5);
    return five.compareTo(Duration.ofSeconds(5)) < 0 ? Duration.ofSeconds(5) : five;
  }

  /** The same, but it claims no route. */
  public Instance withoutRoutes() {
    return new Instance(
        id, epoch, seq, service, name, endpoint, protocol, weight, tier, zone, List.of(), metadata,
        state, heartbeat, probe, override);
  }

  /**
   * What the same start says later.
   *
   * @param wish the operator's that it obeys then, or null
   */
  public Instance later(long seq, InstanceState state, @Nullable InstanceOverride wish) {
    return new Instance(
        id, epoch, seq, service, name, endpoint, protocol, weight, tier, zone, routes, metadata,
        state, heartbeat, probe, wish);
  }

  /**
   * True when this value was said after {@code other} by the same start of the instance, or by
   * another start.
   */
  public boolean supersedes(Instance other) {
    return !epoch.equals(other.epoch) || seq > other.seq;
  }
}

package dev.rollcall.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an application says about itself when it registers. The registry adds id, epoch and seq.
 *
 * @param service the name that it serves under
 * @param name shown to people; the id is this name plus a random part
 * @param host the host that proxies should call, or null: the local address of the connection to
 *     the cluster, found anew at each reconnect
 * @param port the bound port
 * @param protocol what it speaks
 * @param weight share of traffic, 0 to 1000
 * @param tier primary or backup
 * @param zone where it runs, or empty
 * @param routes what it wants to be reached under
 * @param metadata free text pairs
 * @param heartbeat how often it answers the roll call
 * @param probe how to ask whether it lives
 */
public record Registration(
    String service,
    String name,
    @Nullable String host,
    int port,
    Protocol protocol,
    int weight,
    Tier tier,
    String zone,
    List<String> routes,
    Map<String, String> metadata,
    Duration heartbeat,
    ProbeTarget probe) {

  private static final int MOST_WEIGHT = 1000;

  /**
   * @throws IllegalArgumentException with one clear line when a component is out of range
   */
  public Registration {
    requireText("service", service);
    requireText("instance.name", name);
    if (host != null) {
      requireText("advertise", host);
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
    }
    if (weight < 0 || weight > MOST_WEIGHT) {
      throw new IllegalArgumentException(
          "weight: " + weight + " (expected: 0 to " + MOST_WEIGHT + ")");
    }
    if (heartbeat.toMillis() < 1) {
      throw new IllegalArgumentException(
          "heartbeat: " + heartbeat.toMillis() + "ms (expected: at least 1ms)");
    }
    routes = List.copyOf(routes);
    metadata = Map.copyOf(metadata);
  }

  /**
   * A primary of weight 1 under {@code /}, beating each second, probed at {@code /health/ready}.
   */
  public static Registration of(String service, String name, int port) {
    return new Registration(
        service,
        name,
        null,
        port,
        Protocol.HTTP,
        1,
        Tier.PRIMARY,
        "",
        List.of("/"),
        Map.of(),
        Duration.ofSeconds(1),
        new ProbeTarget.Http("/health/ready"));
  }

  /** The same, called at this host. */
  public Registration withHost(String other) {
    return new Registration(
        service, name, other, port, protocol, weight, tier, zone, routes, metadata, heartbeat,
        probe);
  }

  /** The same with another share of traffic. */
  public Registration withWeight(int other) {
    return new Registration(
        service, name, host, port, protocol, other, tier, zone, routes, metadata, heartbeat, probe);
  }

  /** The same, answering the roll call this often. */
  public Registration withHeartbeat(Duration other) {
    return new Registration(
        service, name, host, port, protocol, weight, tier, zone, routes, metadata, other, probe);
  }

  /** The same, asked in another way whether it lives. */
  public Registration withProbe(ProbeTarget other) {
    return new Registration(
        service, name, host, port, protocol, weight, tier, zone, routes, metadata, heartbeat,
        other);
  }

  private static void requireText(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(key + ": blank (expected: a name)");
    }
  }
}

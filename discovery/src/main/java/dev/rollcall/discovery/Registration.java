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
}

package dev.rollcall.upstream;

import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Tier;
import dev.rollcall.discovery.logging.LogOptions;
import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an upstream process can be told.
 *
 * @param service the name that it serves under; instances of one name share its requests
 * @param name of this instance, shown to people; default the host name
 * @param http where the demo listens; nothing listens beside a target
 * @param advertised what proxies shall call, or null: the local address of the connection to the
 *     cluster, found anew at each reconnect, and the port that is bound. Wrong, it takes no traffic
 * @param weight its share of requests relative to its neighbours', 0 to 1000; default 1; 0: none
 * @param tier backups take requests only while no primary can; default primary
 * @param zone where it runs, or empty; proxies prefer their own zone
 * @param routes what it wants to be reached under; default {@code /}
 * @param metadata free text pairs, carried in the registration
 * @param protocol what it speaks there; default HTTP/1.1
 * @param heartbeat how often it answers the roll call; default 1 s. Its lease is five of them, at
 *     least 5 s; long ones are noticed late when they stop
 * @param drain how long a stop may wait
 * @param target the HTTP server to register and watch in place of the demo, or null
 * @param cluster where the proxies are
 * @param log how it logs
 */
public record UpstreamOptions(
    String service,
    String name,
    HttpOptions http,
    @Nullable Advertised advertised,
    int weight,
    Tier tier,
    String zone,
    List<String> routes,
    Map<String, String> metadata,
    Protocol protocol,
    Duration heartbeat,
    DrainOptions drain,
    @Nullable TargetOptions target,
    ClusterOptions cluster,
    LogOptions log) {

  /** What {@code --help} and {@code --check} speak of. */
  public static final Program<UpstreamOptions> PROGRAM =
      new Program<>(
          "rollcall-upstream",
          version(),
          "a service that keeps itself on the roll, or a companion of one that can't",
          UpstreamOptions::read,
          ProxyKeys.ELSEWHERE);

  private static final Duration FASTEST = Duration.ofMillis(100);
  private static final Duration SLOWEST = Duration.ofMinutes(1);

  /** Names end up in ids, paths and header fields. */
  private static final ValueType<String> NAME =
      ValueType.TEXT.where(
          name -> name.matches("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62})"),
          "letters, digits, . _ -, at most 63");

  private static final ValueType<Integer> WEIGHT =
      ValueType.COUNT.where(weight -> weight <= 1000, "0 to 1000");

  private static final ValueType<Protocol> PROTOCOL =
      ValueType.oneOf(Protocol.class)
          .where(protocol -> protocol != Protocol.HTTPS, "http or h2c: TLS ends at the proxy");

  private static final ValueType<String> ROUTE =
      ValueType.TEXT.where(
          route -> route.matches("(\\*\\.)?[A-Za-z0-9.-]*/[!-~]*"),
          "/path, host/path or *.domain/path");

  private static final ValueType<Duration> HEARTBEAT =
      ValueType.DURATION.where(
          beat -> beat.compareTo(FASTEST) >= 0 && beat.compareTo(SLOWEST) <= 0, "100ms to 1m");

  public UpstreamOptions {
    routes = List.copyOf(routes);
    metadata = Map.copyOf(metadata);
  }

  /** Reads and by doing so declares every setting. */
  public static UpstreamOptions read(Settings settings) {
    String service = settings.get("service", NAME, "hello", "the name that it serves under");
    String name = settings.find("instance.name", NAME, "the host name", "shown to people");
    return new UpstreamOptions(
        service,
        name == null ? HostName.ofThisMachine() : name,
        HttpOptions.read(settings),
        settings.find(
            "advertise",
            Advertised.TYPE,
            "the local address of the connection to the cluster, the bound port",
            "host[:port] that proxies should call"),
        settings.get("weight", WEIGHT, "1", "its share of requests, 0 to 1000"),
        settings.get(
            "tier",
            ValueType.oneOf(Tier.class),
            "primary",
            "backups wait until no primary is left"),
        text(settings.find("zone", NAME, "none", "where it runs")),
        settings.get("routes", ValueType.list(ROUTE), "/", "what it wants to be reached under"),
        pairs(
            settings.find(
                "metadata", ValueType.map(ValueType.TEXT, ","), "none", "free text pairs")),
        settings.get("protocol", PROTOCOL, "http", "what it speaks"),
        settings.get("heartbeat", HEARTBEAT, "1s", "how often it answers the roll call"),
        DrainOptions.read(settings),
        TargetOptions.read(settings),
        ClusterOptions.read(settings),
        LogOptions.read(settings));
  }

  /**
   * What it says about itself.
   *
   * @param port that proxies can call, unless another is advertised
   */
  Registration registration(int port, ProbeTarget probe) {
    String host = advertised == null ? null : advertised.host();
    Integer otherPort = advertised == null ? null : advertised.port();
    return new Registration(
        service,
        name,
        host,
        otherPort == null ? port : otherPort,
        protocol,
        weight,
        tier,
        zone,
        routes,
        metadata,
        heartbeat,
        probe);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Map<String, String> pairs(@Nullable Map<String, String> pairs) {
    return pairs == null ? Map.of() : pairs;
  }

  private static String version() {
    String version = UpstreamOptions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

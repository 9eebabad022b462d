package dev.rollcall.proxy;

import dev.rollcall.discovery.logging.LogOptions;
import dev.rollcall.discovery.settings.Elsewhere;
import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import dev.rollcall.proxy.accesslog.AccessLogOptions;
import dev.rollcall.proxy.admin.AdminOptions;
import dev.rollcall.proxy.forward.ForwardOptions;
import dev.rollcall.proxy.health.HealthOptions;
import dev.rollcall.proxy.health.NamedUpstream;
import dev.rollcall.proxy.register.RegisterOptions;
import dev.rollcall.proxy.roll.CanaryRule;
import dev.rollcall.proxy.roll.ClaimLimits;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.RouteRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a proxy process can be told.
 *
 * @param listen the single URL
 * @param admin dashboard, API, metrics, health
 * @param register where programs register over HTTP
 * @param cluster its place among proxies and upstreams
 * @param policy which upstream gets a request; default round-robin
 * @param upstreams by service, those that cannot register
 * @param zone preferred zone of upstreams, empty for none
 * @param claims which routes instances may claim; default all
 * @param health how upstreams are judged, unless their service has its own
 * @param forward what holds for each request
 * @param traffic what carries it
 * @param drainTimeout how long a stop may wait for requests under way; default 35 s
 * @param accessLog lines for requests on standard output; default none
 * @param log what the process says of itself
 * @param services what the file says of each service
 */
public record ProxyOptions(
    ListenOptions listen,
    AdminOptions admin,
    RegisterOptions register,
    ClusterOptions cluster,
    String policy,
    Map<String, List<StaticUpstream>> upstreams,
    String zone,
    ClaimLimits claims,
    HealthOptions health,
    ForwardOptions forward,
    TrafficOptions traffic,
    Duration drainTimeout,
    AccessLogOptions accessLog,
    LogOptions log,
    Map<String, ServiceOptions> services) {

  /** What {@code --help}, {@code --check} and the settings table speak of. */
  public static final Program<ProxyOptions> PROGRAM =
      new Program<>(
          "rollcall-proxy",
          version(),
          "a load balancer whose list of servers is whoever answers the roll call",
          "  ctl COMMAND     look at a running proxy, drain, resume, weigh: see ctl --help\n",
          ProxyOptions::read,
          new Elsewhere(UpstreamKeys.ALL));

  /** Reads and by doing so declares every setting. */
  public static ProxyOptions read(Settings settings) {
    ListenOptions listen = ListenOptions.read(settings);
    AdminOptions admin = AdminOptions.read(settings);
    RegisterOptions register = RegisterOptions.read(settings);
    ClusterOptions cluster = ClusterOptions.read(settings);
    OwnPorts.judge(settings, listen, admin, register, cluster);
    return new ProxyOptions(
        listen,
        admin,
        register,
        cluster,
        settings.get(
            "policy", ServiceOptions.POLICY, "round-robin", "which upstream gets a request"),
        orNone(
            settings.find(
                "upstreams",
                ValueType.map(ValueType.list(StaticUpstream.TYPE), ";"),
                "none",
                "those that cannot register: service=http://host:port,…;other=…")),
        orEmpty(settings.find("zone", ValueType.TEXT, "none", "preferred zone of upstreams")),
        claims(settings),
        HealthOptions.read(settings),
        ForwardOptions.read(settings),
        TrafficOptions.read(settings),
        settings.get(
            "drain.timeout",
            ValueType.POSITIVE_DURATION,
            "35s",
            "how long a stop may wait for requests under way"),
        AccessLogOptions.read(settings),
        LogOptions.read(settings),
        settings.each("services", ServiceOptions::read));
  }

  /** Every upstream that cannot register, wherever the settings name it. */
  List<NamedUpstream> namedUpstreams() {
    List<NamedUpstream> named = new ArrayList<>();
    upstreams.forEach((service, some) -> some.forEach(url -> named.add(url.of(service))));
    services.forEach((service, own) -> own.upstreams().forEach(url -> named.add(url.of(service))));
    return named.stream().distinct().toList();
  }

  /** What the roll is told. */
  RollOptions roll() {
    Map<String, List<RouteRule>> routes = new LinkedHashMap<>();
    Map<String, CanaryRule> canaries = new LinkedHashMap<>();
    services.forEach(
        (service, own) -> {
          if (own.routes() != null) {
            routes.put(service, own.routes());
          }
          if (own.canary() != null) {
            canaries.put(service, own.canary());
          }
        });
    return new RollOptions(zone, routes, claims, canaries);
  }

  /** The policies of those services that have their own. */
  Map<String, String> ownPolicies() {
    Map<String, String> policies = new LinkedHashMap<>();
    services.forEach(
        (service, own) -> {
          if (own.policy() != null) {
            policies.put(service, own.policy());
          }
        });
    return policies;
  }

  /** How the upstreams of a service are judged. */
  HealthOptions health(String service) {
    ServiceOptions own = services.get(service);
    return own == null ? health : own.health();
  }

  private static Map<String, List<StaticUpstream>> orNone(
      @Nullable Map<String, List<StaticUpstream>> upstreams) {
    return upstreams == null ? Map.of() : upstreams;
  }

  private static ClaimLimits claims(Settings settings) {
    Map<String, List<String>> allowed =
        settings.find(
            "routes.claims",
            RouteSetting.CLAIMS,
            "all",
            "which routes a service's instances may claim: service=/path,host/path;*=…");
    return allowed == null ? ClaimLimits.NONE : new ClaimLimits(allowed);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String version() {
    String version = ProxyOptions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

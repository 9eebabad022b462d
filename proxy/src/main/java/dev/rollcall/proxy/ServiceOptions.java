package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.proxy.health.HealthOptions;
import dev.rollcall.proxy.roll.CanaryRule;
import dev.rollcall.proxy.roll.RouteRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the settings file says of one service; everything that it leaves open is as for all.
 *
 * @param routes what it is reached under, in place of what its instances claim; null: as they claim
 * @param policy which upstream gets a request, or null: as for all
 * @param upstreams those that cannot register; default none
 * @param health how its upstreams are judged
 * @param canary which of its instances try something new, and for whom; null: none
 */
public record ServiceOptions(
    @Nullable List<RouteRule> routes,
    @Nullable String policy,
    List<StaticUpstream> upstreams,
    HealthOptions health,
    @Nullable CanaryRule canary) {

  static final ValueType<String> POLICY =
      ValueType.of(
          "round-robin, least-requests, power-of-two, peak-ewma, random, ip-hash,"
              + " hash:header:NAME, hash:cookie:NAME, hash:query:NAME, hash:path or sticky",
          Policies::check);

  static ServiceOptions read(String name, Settings settings) {
    List<StaticUpstream> upstreams =
        settings.find(
            "upstreams",
            ValueType.list(StaticUpstream.TYPE),
            "none",
            "those of this service that cannot register");
    return new ServiceOptions(
        settings.find(
            "routes",
            ValueType.list(RouteSetting.TYPE),
            "as its instances claim",
            "what it is reached under: /path, host/path, *.domain/path"),
        settings.find("policy", POLICY, "as policy", "which upstream gets a request"),
        upstreams == null ? List.of() : upstreams,
        HealthOptions.read(settings.inheriting()),
        CanarySetting.read(settings));
  }
}

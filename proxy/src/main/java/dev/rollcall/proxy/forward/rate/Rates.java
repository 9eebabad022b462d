package dev.rollcall.proxy.forward.rate;

import dev.rollcall.discovery.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The limits of requests a second. A request has to keep both: what one client may send to all
 * services together, and what it may send to this one.
 *
 * @param all over all services
 * @param byService of those that have some of their own
 */
public record Rates(RateRules all, Map<String, RateRules> byService) {

  public static final Rates NONE = new Rates(RateRules.NONE, Map.of());

  public Rates {
    byService = Map.copyOf(byService);
  }

  public static Rates read(Settings settings) {
    RateRules all = RateRules.read(settings);
    Map<String, RateRules> own = new LinkedHashMap<>();
    settings.each(
        "services",
        (name, service) -> {
          RateRules rates = RateRules.read(service);
          if (!rates.isNone()) {
            own.put(name, rates);
          }
          return name;
        });
    return new Rates(all, own);
  }

  public boolean isNone() {
    return all.isNone() && byService.isEmpty();
  }
}

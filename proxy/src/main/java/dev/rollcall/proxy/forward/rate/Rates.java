package dev.rollcall.proxy.forward.rate;

import dev.rollcall.discovery.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of requests a second. A request has to keep both: what one client may send to all
 * services together, and what it may send to this one.
 *
 * @param all over all services, or null: none
 * @param byService of those that have one of their own
 */
public record Rates(@Nullable RateOptions all, Map<String, RateOptions> byService) {

  public static final Rates NONE = new Rates(null, Map.of());

  public Rates {
    byService = Map.copyOf(byService);
  }

  public static Rates read(Settings settings) {
    RateOptions all = RateOptions.read(settings);
    Map<String, RateOptions> own = new LinkedHashMap<>();
    settings.each(
        "services",
        (name, service) -> {
          RateOptions rate = RateOptions.read(service);
          if (rate != null) {
            own.put(name, rate);
          }
          return name;
        });
    return new Rates(all, own);
  }

  public boolean isNone() {
    return all == null && byService.isEmpty();
  }
}

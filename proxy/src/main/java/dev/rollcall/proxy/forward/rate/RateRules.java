package dev.rollcall.proxy.forward.rate;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one section of the settings says about rates: one for all its requests, and others for those
 * below some paths.
 *
 * @param rate for requests that are below none of the paths; null: no limit
 * @param byPath instead of it; prefixes match whole segments, and the longest that fits holds
 */
record RateRules(@Nullable RateOptions rate, Map<String, RateOptions> byPath) {

  static final RateRules NONE = new RateRules(null, Map.of());

  private static final ValueType<Map<String, Duration>> PATHS =
      ValueType.map(RateOptions.EACH, ",")
          .where(
              rates -> rates.keySet().stream().allMatch(path -> path.startsWith("/")),
              "/path=" + RateOptions.EXPECTED);

  RateRules {
    byPath = Map.copyOf(byPath);
  }

  /** Reads {@code limit.rate…} of a section. */
  static RateRules read(Settings settings) {
    RateOptions rate = RateOptions.read(settings);
    Map<String, Duration> paths =
        settings.find(
            "limit.rate-paths", PATHS, "none", "other rates below some paths: /login=5/m,…");
    Map<String, RateOptions> byPath = new LinkedHashMap<>();
    if (paths != null) {
      String header = RateOptions.header(settings);
      paths.forEach((path, each) -> byPath.put(path, RateOptions.aSecondsWorth(each, header)));
    }
    return new RateRules(rate, byPath);
  }

  boolean isNone() {
    return rate == null && byPath.isEmpty();
  }
}

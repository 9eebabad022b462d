package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.ValueType;
import dev.rollcall.proxy.roll.ClaimLimits;
import dev.rollcall.proxy.roll.FieldMatch;
import dev.rollcall.proxy.roll.RouteRule;
import java.util.List;
import java.util.Map;

/**
 * A route as the settings write it: {@code host/path} alone, or in the file a mapping of {@code
 * route}, {@code header} and {@code strip}.
 */
final class RouteSetting {

  private static final ValueType<String> TEXT =
      ValueType.of(
          "/path, host/path or *.domain/path",
          text -> {
            if (text.indexOf('/') < 0 || !ClaimLimits.isRoute(text)) {
              throw new IllegalArgumentException(text);
            }
            return text;
          });

  private static final ValueType<List<FieldMatch>> HEADERS =
      ValueType.list(ValueType.of("NAME or NAME=VALUE", FieldMatch::parse));

  static final ValueType<RouteRule> TYPE =
      ValueType.parts(
          TEXT.map(RouteRule::of),
          Map.of("route", TEXT, "header", HEADERS, "strip", ValueType.SWITCH),
          RouteSetting::of);

  /** What limits claims: the routes of each service. */
  static final ValueType<Map<String, List<String>>> CLAIMS =
      ValueType.map(ValueType.list(TEXT), ";");

  private RouteSetting() {}

  @SuppressWarnings("unchecked")
  private static RouteRule of(Map<String, Object> parts) {
    if (!(parts.get("route") instanceof String text)) {
      throw new IllegalArgumentException("no route");
    }
    List<FieldMatch> headers =
        (List<FieldMatch>) parts.getOrDefault("header", List.<FieldMatch>of());
    return new RouteRule(text, headers, Boolean.TRUE.equals(parts.get("strip")));
  }
}

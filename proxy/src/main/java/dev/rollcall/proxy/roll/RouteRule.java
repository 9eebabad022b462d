package dev.rollcall.proxy.roll;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What one service wants to be reached under.
 *
 * @param text {@code /path}, {@code host/path}, {@code *.domain/path}; a host alone stands for all
 *     of its paths
 * @param headers all of which must hold; mostly none
 * @param strip the upstream gets the path without the route's own part
 */
public record RouteRule(String text, List<FieldMatch> headers, boolean strip) {

  public RouteRule {
    headers = headers.stream().map(FieldMatch::ofHeader).toList();
  }

  /** Nothing but the text. */
  public static RouteRule of(String text) {
    return new RouteRule(text, List.of(), false);
  }

  @Override
  public String toString() {
    return text + conditions(headers);
  }

  static String conditions(List<FieldMatch> headers) {
    return headers.isEmpty()
        ? ""
        : headers.stream().map(FieldMatch::toString).collect(Collectors.joining(", ", " [", "]"));
  }
}

package dev.rollcall.proxy;

import dev.rollcall.proxy.admin.AccessLogFormat;
import dev.rollcall.proxy.forward.FinishedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of one request in the access log. What clients sent is escaped: a line stays one line.
 * What "combined" has no place for follows it, as nginx and Traefik do it: milliseconds, and each
 * try with instance, milliseconds and outcome.
 */
final class AccessLogLine {

  private static final DateTimeFormatter NCSA =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.US);

  private final AccessLogFormat format;
  private final Clock clock;

  AccessLogLine(AccessLogFormat format, Clock clock) {
    this.format = format;
    this.clock = clock;
  }

  String of(FinishedRequest request) {
    return format == AccessLogFormat.JSON ? json(request) : combined(request);
  }

  private String combined(FinishedRequest request) {
    return request.client()
        + " - - ["
        + NCSA.format(ZonedDateTime.now(clock))
        + "] \""
        + escaped(request.method() + " " + request.target() + " " + request.protocol())
        + "\" "
        + request.status()
        + " "
        + (request.bytes() == 0 ? "-" : Long.toString(request.bytes()))
        + " \""
        + escaped(request.referer())
        + "\" \""
        + escaped(request.userAgent())
        + "\" "
        + millis(request.nanos())
        + " \""
        + escaped(tries(request.tries()))
        + "\"";
  }

  /** {@code hello-1 1.0 connection refused, hello-2 1.2 ok}. */
  private static @Nullable String tries(List<FinishedRequest.Try> tries) {
    return tries.isEmpty()
        ? null
        : tries.stream()
            .map(one -> one.instance() + " " + millis(one.nanos()) + " " + one.outcome())
            .collect(Collectors.joining(", "));
  }

  private String json(FinishedRequest request) {
    JsonArray tries = new JsonArray();
    for (FinishedRequest.Try one : request.tries()) {
      tries.add(
          new JsonObject()
              .put("instance", one.instance())
              .put("ms", millis(one.nanos()))
              .put("outcome", one.outcome()));
    }
    return new JsonObject()
        .put("at", Instant.now(clock).toString())
        .put("client", request.client())
        .put("method", request.method())
        .put("target", request.target())
        .put("protocol", request.protocol())
        .put("status", request.status())
        .put("bytes", request.bytes())
        .put("ms", millis(request.nanos()))
        .put("requestId", request.requestId())
        .put("service", request.service())
        .put("referer", request.referer())
        .put("userAgent", request.userAgent())
        .put("tries", tries)
        .encode();
  }

  /** Milliseconds with three digits behind the point. */
  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  /**
   * As Apache httpd does: quotes and backslashes by a backslash, the rest that isn't visible as
   * {@code \xhh}.
   */
  private static String escaped(@Nullable String text) {
    if (text == null) {
      return "-";
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append(String.format("\\x%02x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** A request that nobody made. */
  static FinishedRequest nobody() {
    return new FinishedRequest("", "", "", "", 0, 0, 0, "", "", null, null, List.of());
  }
}

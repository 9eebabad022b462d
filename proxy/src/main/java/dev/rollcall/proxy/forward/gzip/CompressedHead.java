package dev.rollcall.proxy.forward.gzip;

import dev.rollcall.proxy.forward.message.ContentLength;
import dev.rollcall.proxy.forward.message.HopByHop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a response is compressed, and makes its head say so (RFC 9110 §8.4, §12.5.3):
 * another coding is another representation, so a strong entity tag becomes a weak one, and caches
 * learn that the answer depends on the request.
 */
public final class CompressedHead {

  /** A digest is one of the bytes as they were. */
  private static final List<String> DIGESTS =
      List.of("content-digest", "repr-digest", "digest", "content-md5");

  private CompressedHead() {}

  /** Changes the head if it must; true: the body has to be compressed. */
  public static boolean prepare(
      HttpServerRequest request,
      int status,
      boolean bodiless,
      MultiMap headers,
      Compression options) {
    if (status == 304) {
      weakenAsAsked(request, headers);
      return false;
    }
    if (bodiless || !isEligible(request, status, headers, options)) {
      return false;
    }
    vary(headers);
    if (!isTaken(request.headers().getAll(HttpHeaderNames.ACCEPT_ENCODING))) {
      return false;
    }
    headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    headers.remove(HttpHeaderNames.ACCEPT_RANGES);
    headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    String tag = headers.get(HttpHeaderNames.ETAG);
    if (tag != null && tag.startsWith("\"")) {
      headers.set(HttpHeaderNames.ETAG, "W/" + tag);
    }
    return true;
  }

  private static boolean isEligible(
      HttpServerRequest request, int status, MultiMap headers, Compression options) {
    if (status < 200
        || status == 204
        || status == 205
        || status == 206
        || request.version() == HttpVersion.HTTP_1_0
        || !options.takes(headers.get(HttpHeaderNames.CONTENT_TYPE))
        || headers.contains(HttpHeaderNames.CONTENT_ENCODING)
        || headers.contains(HttpHeaderNames.CONTENT_RANGE)
        || HopByHop.hasOption(headers.getAll(HttpHeaderNames.CACHE_CONTROL), "no-transform")
        || HopByHop.hasOption(
            request.headers().getAll(HttpHeaderNames.CACHE_CONTROL), "no-transform")
        || DIGESTS.stream().anyMatch(headers::contains)) {
      return false;
    }
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return length == null || ContentLength.parse(length) >= options.minSize();
  }

  /** Who has our weakened tag must find it in the 304 again (RFC 9111 §4.3.4). */
  private static void weakenAsAsked(HttpServerRequest request, MultiMap headers) {
    String tag = headers.get(HttpHeaderNames.ETAG);
    if (tag != null
        && tag.startsWith("\"")
        && request.headers().getAll(HttpHeaderNames.IF_NONE_MATCH).stream()
            .anyMatch(asked -> asked.contains("W/" + tag))) {
      headers.set(HttpHeaderNames.ETAG, "W/" + tag);
    }
  }

  private static void vary(MultiMap headers) {
    List<String> named = headers.getAll(HttpHeaderNames.VARY);
    if (!HopByHop.hasOption(named, "accept-encoding") && !HopByHop.hasOption(named, "*")) {
      headers.add(HttpHeaderNames.VARY, "Accept-Encoding");
    }
  }

  /** True when gzip is acceptable, and nothing else is liked better (RFC 9110 §12.5.3). */
  static boolean isTaken(List<String> acceptEncoding) {
    Double gzip = null;
    Double any = null;
    double identity = 0;
    for (String line : acceptEncoding) {
      for (String item : line.split(",", 32)) {
        int semicolon = item.indexOf(';');
        String coding =
            (semicolon < 0 ? item : item.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        double weight = semicolon < 0 ? 1 : weight(item.substring(semicolon + 1));
        switch (coding) {
          case "gzip", "x-gzip" -> gzip = weight;
          case "*" -> any = weight;
          case "identity" -> identity = weight;
          default -> {
            // Some other coding, which we don't speak.
          }
        }
      }
    }
    double liked = orZero(gzip == null ? any : gzip);
    return liked > 0 && liked >= identity;
  }

  private static double orZero(@Nullable Double weight) {
    return weight == null ? 0 : weight;
  }

  private static double weight(String parameters) {
    String text = parameters.strip().toLowerCase(Locale.ROOT);
    if (!text.startsWith("q=")) {
      return 0;
    }
    try {
      return Double.parseDouble(text.substring(2).strip());
    } catch (NumberFormatException unreadable) {
      return 0;
    }
  }
}

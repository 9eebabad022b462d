package dev.rollcall.proxy.forward.message;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media types whose bodies are streams that may rightly be silent for long. */
public final class MediaTypes {

  private MediaTypes() {}

  public static boolean isGrpc(HttpHeaders headers) {
    return begins(headers.get(HttpHeaderNames.CONTENT_TYPE), "application/grpc");
  }

  public static boolean isEventStream(HttpHeaders headers) {
    return begins(headers.get(HttpHeaderNames.CONTENT_TYPE), "text/event-stream");
  }

  /**
   * True for a browser: it names {@code text/html} and likes it more than JSON (RFC 9110 §12.5.1);
   * programs that take anything get the problem details.
   */
  static boolean prefersHtml(@Nullable String accept) {
    if (accept == null) {
      return false;
    }
    double html = 0;
    double json = 0;
    for (String range : accept.split(",", 32)) {
      String type = range.trim().toLowerCase(Locale.ROOT);
      if (type.startsWith("text/html")) {
        html = Math.max(html, quality(type));
      } else if (type.startsWith("application/json")
          || type.startsWith("application/problem+json")) {
        json = Math.max(json, quality(type));
      }
    }
    return html > json
        || (html > 0 && html == json && accept.indexOf("html") < accept.indexOf("json"));
  }

  private static double quality(String range) {
    int at = range.indexOf("q=");
    if (at < 0) {
      return 1;
    }
    try {
      return Double.parseDouble(range.substring(at + 2).trim());
    } catch (NumberFormatException unreadable) {
      return 0;
    }
  }

  private static boolean begins(@Nullable String type, String expected) {
    return type != null && type.regionMatches(true, 0, expected, 0, expected.length());
  }
}

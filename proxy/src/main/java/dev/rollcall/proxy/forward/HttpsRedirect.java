package dev.rollcall.proxy.forward;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import dev.rollcall.proxy.forward.message.HttpDate;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends clients that came in clear text to the same URL by HTTPS: 308 (RFC 9110 §15.4.9), which
 * keeps method and body, the target's bytes as they came.
 *
 * @param port that clients call HTTPS by, which may be published under another number than it has
 *     here
 * @param except paths, and what is below them, that are served in clear text too; by default where
 *     certificate authorities look for their proof (RFC 8555 §8.3)
 */
public record HttpsRedirect(int port, List<String> except) {

  private static final int USUAL = 443;

  public HttpsRedirect {
    except = List.copyOf(except);
  }

  /** Null: clear text is served as it is. */
  static @Nullable HttpsRedirect read(Settings settings) {
    Integer port =
        settings.find(
            "http.redirect-to-https",
            ValueType.PORT.where(p -> p > 0, "1 to 65535"),
            "none",
            "answer 308 to the same URL by HTTPS at this port: 443");
    List<String> except =
        settings.get(
            "http.redirect-except",
            ValueType.list(ValueType.TEXT.where(p -> p.startsWith("/"), "a path")),
            "/.well-known/acme-challenge",
            "paths that are served in clear text all the same");
    return port == null ? null : new HttpsRedirect(port, except);
  }

  /**
   * Whether a request must come again.
   *
   * @param proto what a trusted proxy before us says of the client's scheme, or null
   * @param path normalised
   */
  boolean applies(boolean tls, @Nullable String proto, String path) {
    return !(proto == null ? tls : proto.equalsIgnoreCase("https")) && !isExempt(path);
  }

  private boolean isExempt(String path) {
    for (String each : except) {
      if (path.startsWith(each)
          && (each.endsWith("/")
              || path.length() == each.length()
              || path.charAt(each.length()) == '/')) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where to come again.
   *
   * @param host without port
   */
  String location(String host, String target) {
    return "https://" + host + (port == USUAL ? "" : ":" + port) + target;
  }

  static void answer(HttpServerRequest request, String location, String requestId) {
    HttpServerResponse response = request.response();
    response.headers().clear();
    response
        .setStatusCode(308)
        .putHeader("location", location)
        .putHeader("date", HttpDate.now())
        .putHeader("x-request-id", requestId)
        .putHeader("content-length", "0");
    response.end();
  }
}

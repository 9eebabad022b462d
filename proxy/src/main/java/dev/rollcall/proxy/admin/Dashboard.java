package dev.rollcall.proxy.admin;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The dashboard: one page without outside resources, put together once from its sources. The
 * content policy names the digests of its script and style, so nothing else runs on it, whatever an
 * instance calls itself.
 */
final class Dashboard implements Handler<RoutingContext> {

  /** One script in the end; the last of them runs it. */
  private static final List<String> SCRIPTS =
      List.of(
          "dashboard-charts.js",
          "dashboard-elements.js",
          "dashboard-services.js",
          "dashboard-live.js",
          "dashboard-changes.js",
          "dashboard-explain.js",
          "dashboard.js");

  private final Buffer page;
  private final String policy;

  Dashboard() {
    String style = resource("dashboard.css");
    String script = SCRIPTS.stream().map(Dashboard::resource).collect(Collectors.joining());
    this.page =
        Buffer.buffer(
            resource("dashboard.html").replace("/*STYLE*/", style).replace("/*SCRIPT*/", script));
    this.policy =
        "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'; style-src "
            + digest(style)
            + "; script-src "
            + digest(script);
  }

  @Override
  public void handle(RoutingContext request) {
    request
        .response()
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader(SecurityHeaders.POLICY, policy)
        .end(page);
  }

  static String resource(String name) {
    try (InputStream in = Dashboard.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException("the jar's " + name + " can't be read", unreadable);
    }
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}

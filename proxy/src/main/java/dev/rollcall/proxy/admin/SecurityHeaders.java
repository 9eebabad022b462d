package dev.rollcall.proxy.admin;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;

/**
 * What every answer of the admin port tells browsers: nobody may frame it, sniff another type into
 * it, keep it, or read it from another origin. The dashboard loosens the content policy for its own
 * script and style, and only for those.
 */
public final class SecurityHeaders implements SecurityPolicyHandler {

  static final String POLICY = "Content-Security-Policy";

  @Override
  public void handle(RoutingContext request) {
    MultiMap headers = request.response().headers();
    headers.set(POLICY, "default-src 'none'; frame-ancestors 'none'");
    headers.set("X-Frame-Options", "DENY");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    request.next();
  }
}

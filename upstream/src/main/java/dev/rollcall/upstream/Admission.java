package dev.rollcall.upstream;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.logging.Logger;

/**
 * The door of the service: lets requests in, or refuses them while the gate is shut. A refusal
 * carries {@value #NOT_PROCESSED}, so that a proxy may send even a POST to another instance:
 * nothing of it was looked at.
 *
 * <p>{@code Expect: 100-continue} is answered only here, after the decision. So the body of a
 * refused request stays with its sender (RFC 9110 §10.1.1).
 */
final class Admission implements Handler<RoutingContext> {

  private static final Logger LOG = Logger.getLogger(Admission.class.getName());

  /**
   * Response header: {@code true} when the request was refused before anything was done with it.
   */
  static final String NOT_PROCESSED = "Rollcall-Not-Processed";

  private final String name;
  private final Gate gate;

  Admission(String name, Gate gate) {
    this.name = name;
    this.gate = gate;
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (!gate.isOpen() && isPlainHttp1(request)) {
      ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    if (gate.isShut()) {
      refuse(ctx);
      return;
    }
    // Before anything is done: fault tests ask which requests got this far.
    LOG.fine(() -> "arrived " + request.method() + " " + request.uri());
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      ctx.response().writeContinue();
    }
    ctx.next();
  }

  private void refuse(RoutingContext ctx) {
    ctx.response().putHeader(NOT_PROCESSED, "true").putHeader(HttpHeaders.RETRY_AFTER, "1");
    Answer.line(ctx, 503, name + " is stopping; this request was not processed");
  }

  /** HTTP/2 says goodbye with GOAWAY, an upgrade needs its own Connection field. */
  private static boolean isPlainHttp1(HttpServerRequest request) {
    return request.version() != HttpVersion.HTTP_2 && !request.canUpgradeToWebSocket();
  }
}

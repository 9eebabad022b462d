package dev.rollcall.upstream;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Short answers in plain text, one line each. */
final class Answer {

  private Answer() {}

  /** Ends the exchange with this status and this line. */
  static void line(RoutingContext ctx, int status, String line) {
    ctx.response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(line + "\n");
  }
}

package dev.rollcall.upstream;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /status/{code}}, any method: answers with that status. 1xx are not final answers, so they
 * are not on offer; 204, 205 and 304 come without a body (RFC 9110 §15.3.5, §15.3.6, §15.4.5).
 */
final class StatusCode implements Handler<RoutingContext> {

  private static final PathNumber CODE = new PathNumber("code", "a status code", 200, 599);

  @Override
  public void handle(RoutingContext ctx) {
    int code = (int) CODE.in(ctx);
    switch (code) {
      case 204, 304 -> ctx.response().setStatusCode(code).end();
      case 205 ->
          ctx.response().setStatusCode(code).putHeader(HttpHeaders.CONTENT_LENGTH, "0").end();
      default -> Answer.line(ctx, code, HttpResponseStatus.valueOf(code).toString());
    }
  }
}

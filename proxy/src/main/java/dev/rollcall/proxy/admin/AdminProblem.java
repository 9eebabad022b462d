package dev.rollcall.proxy.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * An answer that says what is wrong (RFC 9457).
 *
 * @param status of the response
 * @param detail one line for people, which names the remedy where there is one
 */
public record AdminProblem(int status, String detail) {

  /** Answers with it, or breaks off an answer that has begun. */
  public void answer(RoutingContext request) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.headWritten()) {
      request.request().connection().close();
      return;
    }
    JsonObject body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
            .put("status", status)
            .put("detail", detail);
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(body.encode() + "\n");
  }
}

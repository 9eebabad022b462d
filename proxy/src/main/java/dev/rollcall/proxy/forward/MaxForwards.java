package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.message.ContentLength;
import dev.rollcall.proxy.forward.message.HttpDate;
import dev.rollcall.proxy.forward.message.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** How many more intermediaries an OPTIONS request may pass (RFC 9110 §7.6.2). */
final class MaxForwards {

  private MaxForwards() {}

  /** The present number, or null when the request has none that counts. */
  static @Nullable Long of(HttpServerRequest request) {
    if (!request.method().name().equals("OPTIONS")) {
      return null;
    }
    String text = request.getHeader(HttpHeaderNames.MAX_FORWARDS);
    long number = text == null ? -1 : ContentLength.parse(text);
    return number < 0 ? null : number;
  }

  /** We are the last one: answers what this proxy can do. */
  static void answer(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(204)
        .putHeader("allow", Problem.ALLOWED)
        .putHeader("date", HttpDate.now())
        .end();
  }
}

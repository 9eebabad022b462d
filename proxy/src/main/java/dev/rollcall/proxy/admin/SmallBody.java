package dev.rollcall.proxy.admin;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Takes a request's body as the text that it is. {@code curl -d} calls all that it sends a form,
 * and decoding JSON as one would fail at the first percent sign. Too long: 413.
 */
public final class SmallBody implements Handler<RoutingContext> {

  private final BodyHandler body;

  /**
   * @param most bytes
   */
  public SmallBody(int most) {
    body = BodyHandler.create(false).setBodyLimit(most);
  }

  @Override
  public void handle(RoutingContext request) {
    request.request().headers().remove(HttpHeaders.CONTENT_TYPE);
    body.handle(request);
  }
}

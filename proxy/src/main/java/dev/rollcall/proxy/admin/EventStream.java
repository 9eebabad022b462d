package dev.rollcall.proxy.admin;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code GET /api/v1/events}: each change as it happens. {@code Last-Event-ID} brings what was
 * missed, {@code ?history=1} everything that is kept, {@code ?follow=false} nothing after it. Who
 * reads too slowly is cut off, and comes back with the last id it saw; so nothing piles up here.
 */
final class EventStream implements Handler<RoutingContext> {

  static final int MOST = 100;
  private static final long PING_MILLIS = 15_000;
  private static final int QUEUE_BYTES = 256 * 1024;

  private final Vertx vertx;
  private final EventFeed feed;

  EventStream(Vertx vertx, EventFeed feed) {
    this.vertx = vertx;
    this.feed = feed;
  }

  @Override
  public void handle(RoutingContext request) {
    if (feed.listeners() >= MOST) {
      request.response().putHeader("Retry-After", "10");
      new AdminProblem(503, MOST + " listen already").answer(request);
      return;
    }
    HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .setWriteQueueMaxSize(QUEUE_BYTES)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("X-Accel-Buffering", "no");
    String missed = "retry: 1000\n\n" + String.join("", missed(request));
    if ("false".equals(request.request().getParam("follow"))) {
      response.end(missed);
      return;
    }
    response.write(missed);
    Consumer<String> listener = text -> send(response, text);
    feed.listen(listener);
    long pings = vertx.setPeriodic(PING_MILLIS, timer -> send(response, ":\n\n"));
    response.closeHandler(
        closed -> {
          feed.leave(listener);
          vertx.cancelTimer(pings);
        });
    response.exceptionHandler(gone -> feed.leave(listener));
  }

  private List<String> missed(RoutingContext request) {
    String last = request.request().getHeader("Last-Event-ID");
    if (last != null) {
      return feed.since(last);
    }
    return request.request().params().contains("history") ? feed.all() : List.of();
  }

  private static void send(HttpServerResponse response, String text) {
    if (response.writeQueueFull()) {
      response.reset();
    } else {
      response.write(text);
    }
  }
}

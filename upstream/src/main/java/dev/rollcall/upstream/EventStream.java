package dev.rollcall.upstream;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /stream/{n}}: n server-sent events (WHATWG HTML §9.2), the first at once, then one each
 * 100 ms. A client that reads slower gets them later, none is kept for it.
 */
final class EventStream implements Handler<RoutingContext> {

  private static final PathNumber N = new PathNumber("n", "events", 0, 1_000_000);
  private static final long PAUSE_MS = 100;

  private final Vertx vertx;
  private final String name;

  EventStream(Vertx vertx, String name) {
    this.vertx = vertx;
    this.name = name;
  }

  @Override
  public void handle(RoutingContext ctx) {
    long n = N.in(ctx);
    HttpServerResponse response =
        ctx.response()
            .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
            .setChunked(true);
    if (ctx.request().method() == HttpMethod.HEAD) {
      response.end();
      return;
    }
    Events events = new Events(response, name, n);
    if (events.next()) {
      long timer = vertx.setPeriodic(PAUSE_MS, due -> events.next());
      ctx.addEndHandler(ended -> vertx.cancelTimer(timer));
    }
  }

  /** The events of one stream. */
  private static final class Events {
    private final HttpServerResponse response;
    private final String name;
    private final long n;
    private long sent;

    private Events(HttpServerResponse response, String name, long n) {
      this.response = response;
      this.name = name;
      this.n = n;
    }

    /**
     * Sends the next one, if there is room; ends the stream after the last. True when more follow.
     */
    private boolean next() {
      if (sent < n && !response.writeQueueFull()) {
        sent++;
        response.write(
            "id: " + sent + "\ndata: event " + sent + " of " + n + " from " + name + "\n\n");
      }
      if (sent == n && !response.ended()) {
        response.end();
      }
      return sent < n;
    }
  }
}

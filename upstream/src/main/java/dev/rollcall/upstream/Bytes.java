package dev.rollcall.upstream;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;

/**
 * {@code /bytes/{n}}: exactly n bytes, streamed only as fast as the client reads. Each byte follows
 * from its position (a line of 63 characters and a line feed, over and over), so that a lost,
 * doubled or swapped part shows.
 */
final class Bytes implements Handler<RoutingContext> {

  private static final PathNumber N = new PathNumber("n", "bytes", 0, 1L << 40);
  private static final String LINE =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.\n";
  private static final int PART = 64 * 1024;
  private static final Buffer FULL_PART =
      Buffer.buffer(LINE.repeat(PART / LINE.length()).getBytes(StandardCharsets.US_ASCII));

  @Override
  public void handle(RoutingContext ctx) {
    long n = N.in(ctx);
    HttpServerResponse response =
        ctx.response()
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
            .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(n));
    if (ctx.request().method() == HttpMethod.HEAD) {
      response.end();
      return;
    }
    new Source(response, n).flow();
  }

  /** What is left to send. */
  private static final class Source {
    private final HttpServerResponse response;
    private long left;

    private Source(HttpServerResponse response, long left) {
      this.response = response;
      this.left = left;
    }

    private void flow() {
      while (left > PART) {
        if (response.writeQueueFull()) {
          response.drainHandler(room -> flow());
          return;
        }
        response.write(FULL_PART);
        left -= PART;
      }
      response.drainHandler(null);
      response.end(FULL_PART.slice(0, (int) left));
    }
  }
}

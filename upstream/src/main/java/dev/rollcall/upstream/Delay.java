package dev.rollcall.upstream;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** {@code /delay/{ms}}, any method: answers 200 after that many milliseconds. */
final class Delay implements Handler<RoutingContext> {

  private static final PathNumber MILLISECONDS =
      new PathNumber("ms", "milliseconds", 0, Duration.ofHours(1).toMillis());

  private final Vertx vertx;
  private final String name;

  Delay(Vertx vertx, String name) {
    this.vertx = vertx;
    this.name = name;
  }

  @Override
  public void handle(RoutingContext ctx) {
    long millis = MILLISECONDS.in(ctx);
    String line = "Hello from " + name + " after " + millis + " ms";
    if (millis == 0) {
      Answer.line(ctx, 200, line);
      return;
    }
    long timer = vertx.setTimer(millis, due -> Answer.line(ctx, 200, line));
    ctx.addEndHandler(ended -> vertx.cancelTimer(timer));
  }
}

package dev.rollcall.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The first request of a JVM takes a hundred times as long as the next, since it loads the classes
 * that answer it. So the service asks itself, before proxies do: their first probe waits only half
 * a second.
 */
final class WarmUp {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private static final String REQUESTS =
      """
      GET /health/ready HTTP/1.1
      Host: localhost
      User-Agent: rollcall-warm-up

      GET / HTTP/1.1
      Host: localhost
      User-Agent: rollcall-warm-up
      Connection: close

      """
          .replace("\n", "\r\n");

  private final Vertx vertx;

  WarmUp(Vertx vertx) {
    this.vertx = vertx;
  }

  /** It is the service itself that asks. */
  static boolean isOurs(HttpServerRequest request) {
    return "rollcall-warm-up".equals(request.getHeader(HttpHeaders.USER_AGENT));
  }

  /** Completes when both requests were answered, or soon; never fails. */
  Future<Void> of(HttpOptions http, int port) {
    return vertx
        .createNetClient()
        .connect(port, http.reachableHost())
        .compose(WarmUp::ask)
        .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .otherwiseEmpty();
  }

  private static Future<Void> ask(NetSocket socket) {
    Promise<Void> answered = Promise.promise();
    socket.closeHandler(answered::tryComplete);
    return socket.write(REQUESTS).compose(sent -> answered.future());
  }
}

package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.proxy.roll.NoPlace;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.resolver.NameResolver;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens HTTP/2 connections with prior knowledge on one traffic loop. One stands when the upstream
 * has sent its settings (RFC 9113 §3.4). That can take for ever: the kernel takes connections for a
 * frozen process. Nobody waits for longer than a connect may take; but since nobody else can close
 * it, one such connection is opened to an endpoint at a time, and another one after half a minute:
 * the machine may have died in silence meanwhile, and be back.
 */
final class Http2Connector {

  private static final int WINDOW = 256 * 1024;
  private static final int CONNECTION_WINDOW = 4 * 1024 * 1024;
  static final Duration GIVEN_UP = Duration.ofSeconds(30);

  /** What opens connections, and the time-out that it was made with. */
  private record Opener(HttpClientAgent client, Duration connectTimeout) {}

  private final Vertx vertx;
  private final EventLoop eventLoop;
  private final NameResolver resolver;
  private final Supplier<Duration> connectTimeout;
  private final Duration givenUp;
  private final Map<Endpoint, Opening> openings = new HashMap<>();
  private @Nullable Opener opener;

  /**
   * @param givenUp after so long another connection is opened beside one that says nothing
   */
  Http2Connector(
      Vertx vertx, EventLoop eventLoop, Supplier<Duration> connectTimeout, Duration givenUp) {
    this.vertx = vertx;
    this.eventLoop = eventLoop;
    this.resolver = ((VertxInternal) vertx).nameResolver();
    this.connectTimeout = connectTimeout;
    this.givenUp = givenUp;
  }

  /** Called on the loop's own context. */
  Future<HttpClientConnection> connect(Endpoint endpoint) {
    Promise<HttpClientConnection> asked = Promise.promise();
    var late =
        eventLoop.schedule(
            () -> asked.tryFail(new ConnectTimeoutException("no word of HTTP/2")),
            connectTimeout.get().toMillis(),
            TimeUnit.MILLISECONDS);
    asked.future().onComplete(done -> late.cancel(false));
    await(endpoint, asked);
    return asked.future();
  }

  /** Whoever comes while a connection is being opened gets that one, or the next. */
  private void await(Endpoint endpoint, Promise<HttpClientConnection> asked) {
    Opening opening = openings.get(endpoint);
    if (opening != null) {
      opening.add(asked);
      return;
    }
    opening = new Opening(endpoint);
    openings.put(endpoint, opening);
    opening.add(asked);
    opening.begin();
  }

  /** One connection that doesn't stand yet, and who waits for it. */
  private final class Opening {

    private final Endpoint endpoint;
    private final Queue<Promise<HttpClientConnection>> askers = new ArrayDeque<>();

    Opening(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    void add(Promise<HttpClientConnection> asked) {
      askers.removeIf(each -> each.future().isComplete());
      askers.add(asked);
    }

    void begin() {
      var silent =
          eventLoop.schedule(
              () -> openings.remove(endpoint, this), givenUp.toMillis(), TimeUnit.MILLISECONDS);
      Future.succeededFuture(endpoint)
          .compose(to -> open(to, opener(connectTimeout.get()).client()))
          .onComplete(
              made -> {
                silent.cancel(false);
                openings.remove(endpoint, this);
                if (made.succeeded()) {
                  stands(made.result());
                } else {
                  askers.forEach(each -> each.tryFail(made.cause()));
                }
              });
    }

    private void stands(HttpClientConnection made) {
      boolean taken = false;
      for (var each = askers.poll(); each != null; each = askers.poll()) {
        if (!taken) {
          taken = each.tryComplete(made);
        } else if (!each.future().isComplete()) {
          await(endpoint, each);
        }
      }
      if (!taken) {
        made.close();
      }
    }
  }

  private Future<HttpClientConnection> open(Endpoint endpoint, HttpClientAgent client) {
    return resolver
        .resolve(endpoint.host())
        .compose(
            address ->
                NoPlace.is(address)
                    ? Future.failedFuture(
                        new NoRouteToHostException("never called: " + endpoint.host()))
                    : client.connect(
                        new HttpConnectOptions()
                            .setHost(address.getHostAddress())
                            .setPort(endpoint.port())));
  }

  /** Made when it is first asked for. Connections of the one before stay until they are retired. */
  private Opener opener(Duration timeout) {
    Opener made = opener;
    if (made == null || !made.connectTimeout().equals(timeout)) {
      made = new Opener(vertx.createHttpClient(options(timeout)), timeout);
      opener = made;
    }
    return made;
  }

  private static HttpClientOptions options(Duration timeout) {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setHttp2ClearTextUpgrade(false)
        .setConnectTimeout((int) timeout.toMillis())
        .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW))
        .setHttp2ConnectionWindowSize(CONNECTION_WINDOW);
  }
}

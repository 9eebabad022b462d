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
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens HTTP/2 connections with prior knowledge on one traffic loop. One stands when the upstream
 * has sent its settings (RFC 9113 §3.4). That can take for ever: the kernel takes connections for a
 * frozen process. Nobody waits for longer than a connect may take; but since nobody else can close
 * it, there is one such connection to an endpoint, and no other while it may still come to stand.
 */
final class Http2Connector {

  private static final int WINDOW = 256 * 1024;
  private static final int CONNECTION_WINDOW = 4 * 1024 * 1024;

  /** What opens connections, and the time-out that it was made with. */
  private record Opener(HttpClientAgent client, Duration connectTimeout) {}

  private final Vertx vertx;
  private final EventLoop eventLoop;
  private final NameResolver resolver;
  private final Supplier<Duration> connectTimeout;
  private final Map<Endpoint, Promise<HttpClientConnection>> awaited = new HashMap<>();
  private @Nullable Opener opener;

  Http2Connector(Vertx vertx, EventLoop eventLoop, Supplier<Duration> connectTimeout) {
    this.vertx = vertx;
    this.eventLoop = eventLoop;
    this.resolver = ((VertxInternal) vertx).nameResolver();
    this.connectTimeout = connectTimeout;
  }

  /** Called on the loop's own context. */
  Future<HttpClientConnection> connect(Endpoint endpoint) {
    Promise<HttpClientConnection> asked = Promise.promise();
    Duration patience = connectTimeout.get();
    var late =
        eventLoop.schedule(
            () -> asked.tryFail(new ConnectTimeoutException("no word of HTTP/2")),
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    asked.future().onComplete(done -> late.cancel(false));
    Promise<HttpClientConnection> before = awaited.put(endpoint, asked);
    if (before == null) {
      open(endpoint, opener(patience).client())
          .onComplete(made -> stands(endpoint, made), why -> takeUp(endpoint).tryFail(why));
    } else {
      before.tryFail("somebody else waits for it");
    }
    return asked.future();
  }

  private void stands(Endpoint endpoint, HttpClientConnection made) {
    if (!takeUp(endpoint).tryComplete(made)) {
      made.close();
    }
  }

  /** Whoever waits, or has waited last, for a connection that has ended its beginning. */
  private Promise<HttpClientConnection> takeUp(Endpoint endpoint) {
    return Objects.requireNonNull(awaited.remove(endpoint), "awaited");
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

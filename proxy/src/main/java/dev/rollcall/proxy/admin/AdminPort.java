package dev.rollcall.proxy.admin;

import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Dashboard, API, metrics and health on a port of their own. Everything happens on the control
 * thread: call from the context that the roll's report is read on.
 */
public final class AdminPort {

  private static final int IDLE_SECONDS = 75;
  private static final long LOOK_MILLIS = 1000;

  private final Vertx vertx;
  private final AdminOptions options;
  private final AdminParts parts;
  private final InstantSource clock;
  private final EventFeed feed;
  private final RollMetrics metrics;
  private final LatencyWindows latencies = new LatencyWindows();
  private @Nullable HttpServer listening;
  private @Nullable Subscription events;
  private long looks = -1;
  private long turns = -1;

  public AdminPort(Vertx vertx, AdminOptions options, AdminParts parts) {
    this(vertx, options, parts, InstantSource.system());
  }

  AdminPort(Vertx vertx, AdminOptions options, AdminParts parts, InstantSource clock) {
    this.vertx = vertx;
    this.options = options;
    this.parts = parts;
    this.clock = clock;
    Instant start = clock.instant();
    this.feed = new EventFeed(Long.toString(start.toEpochMilli(), 36));
    this.metrics = new RollMetrics(parts.report());
  }

  /**
   * Binds and begins to answer.
   *
   * @return the bound port; fails with {@link java.net.BindException} when it is taken
   */
  public Future<Integer> start() {
    parts.report().lastEvents().forEach(feed::note);
    events =
        parts
            .report()
            .onEvent(
                flip -> {
                  metrics.note(flip);
                  feed.note(flip);
                });
    looks = vertx.setPeriodic(LOOK_MILLIS, timer -> metrics.look());
    turns =
        vertx.setPeriodic(
            TimeUnit.SECONDS.toMillis(LatencyWindows.TURN_SECONDS), timer -> turnLatencies());
    HttpServer port = vertx.createHttpServer(limits()).requestHandler(routes().router(vertx));
    listening = port;
    return port.listen(options.port(), options.host()).map(HttpServer::actualPort);
  }

  AdminRoutes routes() {
    return new AdminRoutes(
        vertx, options, parts, feed, metrics, latencies, System::nanoTime, clock);
  }

  /** Small requests only, and nobody who keeps a connection for nothing. */
  private static HttpServerOptions limits() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(8 * 1024)
        .setMaxHeaderSize(16 * 1024)
        .setIdleTimeout(IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setHttp2ClearTextEnabled(false);
  }

  private void turnLatencies() {
    latencies.turn(
        parts.report().snapshot().services().values().stream()
            .flatMap(service -> service.upstreams().stream())
            .toList());
  }

  /** Stops answering at once. */
  public Future<Void> stop() {
    if (events != null) {
      events.cancel();
    }
    vertx.cancelTimer(looks);
    vertx.cancelTimer(turns);
    return listening == null ? Future.succeededFuture() : listening.close();
  }
}

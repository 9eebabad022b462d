package dev.rollcall.upstream;

import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Serves the demo: listens, looks for the cluster meanwhile, then registers with the port that it
 * got; and serves whether or not there is a registry.
 */
final class DemoDuty implements Duty {

  private static final Logger LOG = Logger.getLogger(DemoDuty.class.getName());

  /** The least time for the last bytes of answers to leave, and for the word that we left. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private static final ProbeTarget PROBE = new ProbeTarget.Http("/health/ready", true);

  private final Vertx vertx;
  private final UpstreamOptions options;
  private final Membership membership;
  private final Departure departure;
  private final DemoService service;
  private final HttpServer server;
  private final CpuLoad cpu = CpuLoad.ofThisProcess();

  DemoDuty(Vertx vertx, UpstreamOptions options, Supplier<Registry> registry) {
    this.vertx = vertx;
    this.options = options;
    this.membership = new Membership(vertx, options, registry);
    Gate gate = new Gate();
    this.service =
        new DemoService(
            vertx, options.name(), gate, membership::id, options.cluster().secretText());
    this.departure =
        new Departure(
            vertx,
            gate,
            service.requests(),
            service.streams(),
            options.drain(),
            Departure.FAREWELL,
            () -> membership.hasJoined() || service.isKnown());
    this.server = service.behind(vertx.createHttpServer(DemoService.options(options.protocol())));
  }

  @Override
  public Future<Void> begin() {
    Future<HttpServer> bound = server.listen(options.http().port(), options.http().host());
    membership.connect();
    return bound
        .recover(failed -> Future.failedFuture(cannotListen(failed)))
        .onSuccess(listening -> register())
        .mapEmpty();
  }

  /** The port that it got. */
  int port() {
    return server.actualPort();
  }

  @Override
  public Future<Void> depart() {
    long end = System.nanoTime() + options.drain().timeout().toNanos();
    membership.fallSilent();
    LOG.info(
        "%s is stopping; in flight: requests %d, streams %d"
            .formatted(options.name(), service.requests().count(), service.streams().count()));
    return departure
        .from(membership.lease(), membership.heard())
        .compose(cut -> close(Duration.ofNanos(end - System.nanoTime())).map(cut))
        .compose(this::verdict);
  }

  @Override
  public Future<Void> abandon() {
    return close(Duration.ZERO);
  }

  private void register() {
    LOG.info(options.name() + " listening on " + options.http().host() + ":" + port());
    Future<Void> warm = new WarmUp(vertx).of(options.http(), port());
    membership.join(options.registration(port(), PROBE), this::load, warm);
  }

  private Load load() {
    return new Load(service.requests().count() + service.streams().count(), cpu.sinceLastAsked());
  }

  /** An answer has ended when its last bytes were written, which a slow reader may hold up. */
  private Future<Void> close(Duration left) {
    Duration patience = left.compareTo(LAST_WORDS) > 0 ? left : LAST_WORDS;
    return server
        .shutdown(patience.toMillis(), TimeUnit.MILLISECONDS)
        .eventually(() -> membership.leave(LAST_WORDS));
  }

  private Future<Void> verdict(int cut) {
    if (cut == 0) {
      LOG.info(options.name() + " stopped");
      return Future.succeededFuture();
    }
    return Future.failedFuture(new CutShort(cut + " requests were still in flight"));
  }

  private IllegalStateException cannotListen(Throwable failed) {
    HttpOptions http = options.http();
    return new IllegalStateException(
        "http.port: can't listen on %s:%d: %s"
            .formatted(http.host(), http.port(), failed.getMessage()));
  }
}

package dev.rollcall.upstream;

import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.hazelcast.HazelcastRegistry;
import dev.rollcall.discovery.process.OrderlyStop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One upstream in a JVM of its own, from its settings to its exit code. */
final class UpstreamProcess {

  private static final Logger LOG = Logger.getLogger(UpstreamProcess.class.getName());

  /** What a stop may take besides waiting for what is in flight: farewell and last words. */
  private static final Duration SLACK = Duration.ofSeconds(8);

  /** How often Vert.x looks for a loop that is held up; each second, it is a tenth of idling. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final UpstreamOptions options;
  private final Vertx vertx = Vertx.vertx(small());
  private final UpstreamVerticle upstream;
  private final AtomicReference<@Nullable Registry> registry = new AtomicReference<>();

  UpstreamProcess(UpstreamOptions options) {
    this.options = options;
    this.upstream = new UpstreamVerticle(options, this::connect);
  }

  /** Starts, and returns; the process ends when it is told to, or when it can't begin. */
  void run(List<String> warnings) {
    warnings.forEach(LOG::warning);
    Promise<String> begun = Promise.promise();
    OrderlyStop stop =
        OrderlyStop.watch(() -> end(begun.future()), options.drain().timeout().plus(SLACK));
    vertx.deployVerticle(upstream).onComplete(begun);
    begun
        .future()
        .onFailure(
            failed -> {
              LOG.severe(failed.getMessage());
              stop.exit(1);
            });
  }

  /** A stop that comes while it begins waits for that; it takes no time. */
  private Future<Void> end(Future<String> begun) {
    return begun
        .transform(had -> had.succeeded() ? upstream.depart() : Future.succeededFuture())
        .eventually(this::disconnect)
        .eventually(vertx::close);
  }

  /** Asked for on a worker, so that nothing stands between the upstream and its start. */
  private Registry connect() {
    Registry opened = HazelcastRegistry.connect(vertx, options.cluster().cluster(), options.name());
    registry.set(opened);
    return opened;
  }

  private Future<Void> disconnect() {
    Registry opened = registry.get();
    return opened == null ? Future.succeededFuture() : opened.close();
  }

  /** One event loop is all that is used; files are none, so that a read-only disk is no trouble. */
  private static VertxOptions small() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(2)
        .setInternalBlockingPoolSize(2)
        .setBlockedThreadCheckInterval(LOOK.toMillis())
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }
}

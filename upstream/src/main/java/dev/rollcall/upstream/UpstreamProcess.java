package dev.rollcall.upstream;

import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.process.OrderlyStop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;

/** One upstream in a JVM of its own, from its settings to its exit code. */
final class UpstreamProcess {

  private static final Logger LOG = Logger.getLogger(UpstreamProcess.class.getName());

  /** What a stop may take besides waiting for what is in flight: farewell and last words. */
  private static final Duration SLACK = Duration.ofSeconds(8);

  private final UpstreamOptions options;
  private final AtomicBoolean begun = new AtomicBoolean();

  UpstreamProcess(UpstreamOptions options) {
    this.options = options;
  }

  /** Starts, and returns; the process ends when it is told to, or when it can't begin. */
  void run(List<String> warnings) {
    warnings.forEach(LOG::warning);
    Vertx vertx = Vertx.vertx(small());
    UpstreamVerticle upstream = new UpstreamVerticle(options, () -> registry(vertx));
    OrderlyStop stop =
        OrderlyStop.watch(() -> end(vertx, upstream), options.drain().timeout().plus(SLACK));
    vertx
        .deployVerticle(upstream)
        .onSuccess(id -> begun.set(true))
        .onFailure(
            failed -> {
              LOG.severe(failed.getMessage());
              stop.exit(1);
            });
  }

  private Future<Void> end(Vertx vertx, UpstreamVerticle upstream) {
    Future<Void> gone = begun.get() ? upstream.depart() : Future.succeededFuture();
    return gone.eventually(vertx::close);
  }

  private Future<Registry> registry(Vertx vertx) {
    return Promise.<Registry>promise().future();
  }

  /** One event loop is all that is used; files are none, so that a read-only disk is no trouble. */
  private static VertxOptions small() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(2)
        .setInternalBlockingPoolSize(2)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }
}

package dev.rollcall.proxy;

import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.client.FilteredTransport;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Vertx that carries traffic: one event loop a worker, each with a verticle and connections of
 * its own, so that a request never changes threads.
 */
final class TrafficPlane {

  private final Vertx vertx;
  private final ListenOptions listen;
  private final int workers;

  private TrafficPlane(Vertx vertx, ListenOptions listen, int workers) {
    this.vertx = vertx;
    this.listen = listen;
    this.workers = workers;
  }

  static TrafficPlane open(TransportChoice transport, ListenOptions listen, int workers) {
    return new TrafficPlane(vertx(transport, workers), listen, workers);
  }

  /** What carries traffic, or plays that it did. */
  static Vertx vertx(TransportChoice transport, int workers) {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(workers)
            .setWorkerPoolSize(2)
            .setDisableTCCL(true)
            .setInternalBlockingPoolSize(2)
            .setFileSystemOptions(noFiles());
    return Vertx.builder()
        .with(options)
        .withTransport(FilteredTransport.of(transport.transport()))
        .build();
  }

  /** Nothing is unpacked: the file system may be read-only. */
  static FileSystemOptions noFiles() {
    return new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
  }

  /**
   * Listens on all workers.
   *
   * @param stopLimit how long a stop may wait for requests under way
   * @return the bound ports: in clear text, then, if there is TLS, that of HTTPS
   */
  Future<List<Integer>> listen(ForwardContext traffic, Duration stopLimit) {
    AtomicInteger numbers = new AtomicInteger();
    ProxyVerticle first = new ProxyVerticle(traffic, listen.listeners(), numbers, stopLimit);
    return vertx
        .deployVerticle(first)
        .compose(
            bound ->
                workers == 1
                    ? Future.succeededFuture()
                    : vertx.deployVerticle(
                        () -> new ProxyVerticle(traffic, listen.listeners(), numbers, stopLimit),
                        new DeploymentOptions().setInstances(workers - 1)))
        .map(deployed -> first.ports());
  }

  /** Stops accepting, lets what is under way end, then closes everything. */
  Future<Void> close() {
    return vertx.close();
  }
}

package dev.rollcall.proxy.health;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the system for all addresses of a name, on threads of its own: while no DNS answers, each
 * question holds one for ten seconds and more, and whatever else blocks, as the start of the
 * cluster, must not wait for that. One thread asks.
 */
final class SystemNames implements Function<String, Future<List<InetAddress>>> {

  private static final int THREADS = 4;

  private final Vertx vertx;
  private @Nullable WorkerExecutor workers;

  SystemNames(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Fails when there are none. */
  @Override
  public Future<List<InetAddress>> apply(String host) {
    if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      return found(host);
    }
    if (workers == null) {
      workers = vertx.createSharedWorkerExecutor("rollcall-names", THREADS);
    }
    return workers.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false);
  }

  /** Written as an address: nobody is asked. */
  private static Future<List<InetAddress>> found(String address) {
    try {
      return Future.succeededFuture(List.of(InetAddress.getAllByName(address)));
    } catch (UnknownHostException none) {
      return Future.failedFuture(none);
    }
  }
}

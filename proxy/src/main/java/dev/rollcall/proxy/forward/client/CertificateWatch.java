package dev.rollcall.proxy.forward.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileProps;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Takes new certificates into use when their files change: new connections see them, open ones go
 * on. Files that can't be used leave the old ones in force, with one line in the log.
 */
public final class CertificateWatch {

  private static final Logger LOG = Logger.getLogger(CertificateWatch.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Tls tls;
  private final NetServer server;
  private List<Long> seen = List.of();

  public CertificateWatch(Vertx vertx, Tls tls, NetServer server) {
    this.vertx = vertx;
    this.tls = tls;
    this.server = server;
  }

  public void start() {
    stamps().onSuccess(now -> seen = now);
    vertx.setPeriodic(INTERVAL.toMillis(), timer -> stamps().onSuccess(this::compare));
  }

  private Future<List<Long>> stamps() {
    List<Future<Long>> each =
        Stream.concat(tls.certificates().stream(), tls.keys().stream()).map(this::stamp).toList();
    return Future.all(each).map(all -> all.<Long>list());
  }

  private Future<Long> stamp(Path file) {
    return vertx.fileSystem().props(file.toString()).map(FileProps::lastModifiedTime);
  }

  private void compare(List<Long> now) {
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    server
        .updateSSLOptions(tls.secure(new NetServerOptions()).getSslOptions(), true)
        .onSuccess(changed -> LOG.info("certificates reloaded: " + tls.certificates()))
        .onFailure(
            unusable ->
                LOG.log(
                    Level.WARNING,
                    "certificates not reloaded, the old ones stay: {0}: {1}",
                    new Object[] {tls.certificates(), unusable.getMessage()}));
  }
}

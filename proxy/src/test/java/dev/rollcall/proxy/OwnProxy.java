package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Reading;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A whole proxy in this JVM, by its settings, before an upstream that says hello. */
final class OwnProxy implements AutoCloseable {

  static final long PATIENCE_SECONDS = 60;

  final Vertx vertx;
  private final int upstream;
  private @Nullable ProxyProcess process;

  private OwnProxy(Vertx vertx, int upstream) {
    this.vertx = vertx;
    this.upstream = upstream;
  }

  static OwnProxy open() {
    Vertx vertx = Vertx.vertx();
    Future<HttpServer> hello =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end("hello"))
            .listen(0, "127.0.0.1");
    return new OwnProxy(vertx, hello.toCompletionStage().toCompletableFuture().join().actualPort());
  }

  /** Nothing listens yet. */
  ProxyProcess start(Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("ROLLCALL_HTTP_PORT", "0");
    environment.put("ROLLCALL_ADMIN_PORT", "0");
    environment.put("ROLLCALL_CLUSTER_PORT", freePort());
    environment.put("ROLLCALL_CLUSTER_BUS_PORT", freePort());
    environment.put("ROLLCALL_CLUSTER_MEMBERS", "127.0.0.1:1");
    environment.put("ROLLCALL_UPSTREAMS", "web=http://127.0.0.1:" + upstream);
    environment.putAll(more);
    Reading<ProxyOptions> reading = ProxyOptions.PROGRAM.read(null, environment);
    assertThat(reading.faults()).isEmpty();
    ProxyProcess started = new ProxyProcess(Objects.requireNonNull(reading.options()), "test");
    process = started;
    return started;
  }

  /** The one that was started. */
  ProxyProcess process() {
    return Objects.requireNonNull(process);
  }

  /** Stops it; once is enough. */
  void stop() throws Exception {
    if (process != null) {
      ProxyProcess started = process;
      process = null;
      await(started.stop());
    }
  }

  @Override
  public void close() throws Exception {
    stop();
    await(vertx.close());
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  static <T> T await(Future<T> future) throws Exception {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }
}

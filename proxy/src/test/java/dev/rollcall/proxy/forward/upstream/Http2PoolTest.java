package dev.rollcall.proxy.forward.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.forward.http.RawTunnel;
import dev.rollcall.proxy.roll.FixedRoll;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How connections to upstreams of HTTP/2 begin. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class Http2PoolTest {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
  private volatile Duration connectTimeout = Duration.ofMillis(200);
  private final UpstreamConnector connector =
      new UpstreamConnector(vertx, context.nettyEventLoop(), () -> connectTimeout);

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** A frozen process, whose kernel takes connections for it. */
  @Test
  void whoTakesTheConnectionAndSaysNothingIsNotConnected() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 3; i++) {
        Throwable why = ask(silent.getLocalPort()).unanswered();
        assertThat(ForwardFailure.NotConnected.of(why).detail()).isEqualTo("no connection in time");
      }
      silent.accept().close();
      silent.setSoTimeout(1);
      assertThatThrownBy(silent::accept)
          .as("it isn't called again meanwhile")
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void whoHasEndedIsCalledAgain() throws Exception {
    connectTimeout = Duration.ofMillis(PATIENCE_MILLIS);
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout(PATIENCE_MILLIS);
      for (int i = 0; i < 2; i++) {
        Asked asked = ask(silent.getLocalPort());
        silent.accept().close();
        assertThat(asked.unanswered()).isNotNull();
      }
    }
  }

  private Asked ask(int port) {
    Asked asked = new Asked();
    FixedRoll roll = new FixedRoll(Protocol.H2C, new Endpoint("127.0.0.1", port));
    Http2Pool pool = new Http2Pool(roll.upstreams().get(0), connector);
    context.runOnContext(now -> pool.lend(asked, true, false));
    return asked;
  }

  /** Waits for a stream, and sends nothing. */
  private static final class Asked implements UpstreamPool.Borrower {

    private final CompletableFuture<UpstreamStream> begun = new CompletableFuture<>();

    Throwable unanswered() {
      return begun.handle((stream, why) -> why).orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public boolean wantsStream() {
      return true;
    }

    @Override
    public void begin(UpstreamStream stream) {
      begun.complete(stream);
    }

    @Override
    public void notConnected(Throwable cause) {
      begun.completeExceptionally(cause);
    }

    @Override
    public void informational(int status, HttpHeaders headers) {}

    @Override
    public void head(int status, HttpHeaders headers, boolean bodiless) {}

    @Override
    public void data(ByteBuf part) {
      part.release();
    }

    @Override
    public void end(HttpHeaders trailers) {}

    @Override
    public void upgraded(HttpHeaders headers, RawTunnel tunnel) {}

    @Override
    public void readComplete() {}

    @Override
    public void writable() {}

    @Override
    public void failed(ForwardFailure failure) {}
  }
}

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
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How connections to upstreams of HTTP/2 begin. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class Http2PoolTest {

  private static final int PATIENCE_MILLIS = 60_000;

  /** An empty SETTINGS frame (RFC 9113 §6.5). */
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  private final List<Socket> open = new ArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
  private volatile Duration connectTimeout = Duration.ofMillis(200);
  private final UpstreamConnector connector =
      new UpstreamConnector(vertx, context.nettyEventLoop(), () -> connectTimeout);

  @AfterEach
  void close() throws Exception {
    for (Socket each : open) {
      each.close();
    }
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

  /** Two services may have one place, with a pool each. */
  @Test
  void whoeverWaitsForTheSamePlaceGetsAConnectionInTurn() throws Exception {
    connectTimeout = Duration.ofMillis(PATIENCE_MILLIS);
    try (ServerSocket slow = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      slow.setSoTimeout(PATIENCE_MILLIS);
      Asked one = ask(slow.getLocalPort());
      Asked other = ask(slow.getLocalPort());
      try (Socket first = slow.accept()) {
        first.getOutputStream().write(SETTINGS);
        try (Socket second = slow.accept()) {
          second.getOutputStream().write(SETTINGS);
          assertThat(one.unanswered()).isNull();
          assertThat(other.unanswered()).isNull();
        }
      }
    }
  }

  /** A machine that has died in silence and is back: its old connection never ends. */
  @Test
  void whoSaidNothingForLongIsCalledAgain() throws Exception {
    Http2Connector impatient =
        new Http2Connector(
            vertx, context.nettyEventLoop(), () -> connectTimeout, Duration.ofMillis(1));
    connectTimeout = Duration.ofMillis(50);
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout(PATIENCE_MILLIS);
      Endpoint endpoint = new Endpoint("127.0.0.1", silent.getLocalPort());
      for (int i = 0; i < 3; i++) {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        context.runOnContext(
            now -> impatient.connect(endpoint).onComplete(made -> ended.complete(made.cause())));
        assertThat(ended.get(60, TimeUnit.SECONDS)).hasMessage("no word of HTTP/2");
        open.add(silent.accept());
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

package dev.rollcall.proxy.forward.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamConnectorTest {

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
  private final EventLoop loop = context.nettyEventLoop();
  private final UpstreamConnector connector =
      new UpstreamConnector(vertx, loop, () -> Duration.ofSeconds(20));

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "0.0.0.0"})
  void neverCallsWhatIsNoPlaceToCall(String host) throws Exception {
    Endpoint endpoint = new Endpoint(host, 80);
    assertThat(connector.connect(endpoint, false).await().cause())
        .isInstanceOf(NoRouteToHostException.class)
        .hasMessageStartingWith("never called");
    assertThat(
            connector
                .connectHttp2(endpoint)
                .map(connection -> "connected")
                .otherwise(Throwable::getMessage)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS))
        .startsWith("never called");
  }
}

package dev.rollcall.proxy.forward.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.spi.transport.Transport;
import java.lang.reflect.Proxy;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamConnectorTest {

  private final AtomicInteger lookUps = new AtomicInteger();
  private final Vertx vertx = Vertx.builder().withTransport(new Counting(lookUps)).build();
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

  @Test
  void opensNothingToLookUpAnAddress() throws Exception {
    connector.connect(new Endpoint("127.0.0.1", 1), false).await();
    connector.connect(new Endpoint("::1", 1), false).await();
    assertThat(lookUps).hasValue(0);

    connector.connect(new Endpoint("localhost", 1), false).await();
    assertThat(lookUps).hasPositiveValue();
  }

  /** The JDK's transport, and how often a socket for look-ups of names was made. */
  private record Counting(AtomicInteger lookUps) implements io.vertx.core.transport.Transport {

    @Override
    public String name() {
      return NIO.name();
    }

    @Override
    public boolean available() {
      return true;
    }

    @Override
    public Throwable unavailabilityCause() {
      return NIO.unavailabilityCause();
    }

    @Override
    public Transport implementation() {
      return (Transport)
          Proxy.newProxyInstance(
              Transport.class.getClassLoader(),
              new Class<?>[] {Transport.class},
              (proxy, method, args) -> {
                if (method.getName().equals("datagramChannel")) {
                  lookUps.incrementAndGet();
                }
                return method.invoke(NIO.implementation(), args);
              });
    }
  }
}

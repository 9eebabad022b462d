package dev.rollcall.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObstacleTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket free = listening()) {
      port = free.getLocalPort();
    }

    assertThat(at("127.0.0.1", port)).isEqualTo("127.0.0.1:" + port + " (connection refused)");
  }

  @Test
  void tellsThatSomebodyElseMayListen() throws Exception {
    try (ServerSocket other = listening()) {
      assertThat(at("127.0.0.1", other.getLocalPort()))
          .startsWith("127.0.0.1:" + other.getLocalPort() + " (somebody answers there, expected: ")
          .contains("cluster.name", "secret");
    }
  }

  @Test
  void tellsThatThereIsNoSuchName() {
    assertThat(Obstacle.inWords(new UnknownHostException("Failed to resolve 'proxy'")))
        .isEqualTo("no such name");
  }

  @Test
  void tellsThatNobodyAnswers() {
    assertThat(Obstacle.inWords(new ConnectTimeoutException("connection timed out")))
        .isEqualTo("no answer");
  }

  private String at(String host, int port) throws Exception {
    return Obstacle.at(new Endpoint(host, port), vertx)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }
}

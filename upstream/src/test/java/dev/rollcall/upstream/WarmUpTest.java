package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static final HttpOptions HTTP = new HttpOptions(0, "127.0.0.1");

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void isOverWhenReadinessAndGreetingWereAnswered() {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer service =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      asked.add(request.path());
                      request.response().end();
                    })
                .listen(0, "127.0.0.1"));

    await(new WarmUp(vertx).of(HTTP, service.actualPort()));
    assertThat(asked).containsExactly("/health/ready", "/");
  }

  @Test
  void doesNotWaitForEverForAnAnswer() {
    NetServer silent =
        await(vertx.createNetServer().connectHandler(c -> {}).listen(0, "127.0.0.1"));
    await(new WarmUp(vertx).of(HTTP, silent.actualPort()));
  }

  @Test
  void isOverAtOnceWhenNobodyListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    await(new WarmUp(vertx).of(HTTP, free));
  }

  @Test
  void reachesAServiceThatListensEverywhere() {
    assertThat(new HttpOptions(0, "0.0.0.0").reachableHost()).isEqualTo("127.0.0.1");
    assertThat(new HttpOptions(0, "10.0.0.4").reachableHost()).isEqualTo("10.0.0.4");
  }
}

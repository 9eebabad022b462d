package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetCheckTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void isContentWithAnyTwoHundred() {
    assertThat(failure("/up", answering(204))).isEmpty();
  }

  @Test
  void namesAnyOtherAnswer() {
    assertThat(failure("/up", answering(503))).isEqualTo("answered 503 (expected: 2xx)");
    assertThat(failure("/up", answering(302))).isEqualTo("answered 302 (expected: 2xx)");
  }

  @Test
  void failsWhenNoAnswerComesInTime() {
    HttpServer silent = await(vertx.createHttpServer().requestHandler(r -> {}).listen(0));
    assertThat(failure("/up", silent.actualPort())).isEqualTo("no answer in 250 ms");
  }

  @Test
  void failsWhenTheBodyNeverEnds() {
    HttpServer endless =
        await(
            vertx
                .createHttpServer()
                .requestHandler(r -> r.response().setChunked(true).write("x"))
                .listen(0));
    assertThat(failure("/up", endless.actualPort())).isEqualTo("no answer in 250 ms");
  }

  @Test
  void isContentWithAConnectionWhenThereIsNoPath() {
    NetServer silent = await(vertx.createNetServer().connectHandler(c -> {}).listen(0));
    assertThat(failure(null, silent.actualPort())).isEmpty();
  }

  @Test
  void failsWhenNobodyListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(failure(null, free)).contains("refused");
    assertThat(failure("/up", free)).contains("refused");
  }

  private int answering(int status) {
    return await(
            vertx
                .createHttpServer()
                .requestHandler(r -> r.response().setStatusCode(status).end())
                .listen(0))
        .actualPort();
  }

  /** Why the check failed, or nothing. */
  private String failure(@Nullable String path, int port) {
    TargetOptions options =
        new TargetOptions(
            new Endpoint("127.0.0.1", port),
            path,
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            3,
            2);
    try {
      new TargetCheck(vertx, options)
          .get()
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
      return "";
    } catch (ExecutionException failed) {
      return String.valueOf(failed.getCause().getMessage());
    } catch (InterruptedException | TimeoutException stuck) {
      throw new AssertionError(stuck);
    }
  }
}

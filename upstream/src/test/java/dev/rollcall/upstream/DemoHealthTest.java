package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static dev.rollcall.upstream.RunningDemo.readTo;
import static dev.rollcall.upstream.RunningDemo.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the demo says of itself, open, draining and shut. */
class DemoHealthTest {

  private final RunningDemo demo = new RunningDemo(null);

  @AfterEach
  void stop() {
    demo.close();
  }

  @Test
  void isLiveAndReady() {
    assertThat(demo.get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = demo.get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(ready.body()).getString("status")).isEqualTo("UP");
  }

  @Test
  void countsNoHealthChecks() {
    demo.get("/health/ready");
    JsonObject data =
        new JsonObject(demo.get("/health/ready").body())
            .getJsonArray("checks")
            .getJsonObject(0)
            .getJsonObject("data");
    assertThat(data)
        .isEqualTo(new JsonObject().put("state", "open").put("requests", 0).put("streams", 0));
  }

  @Test
  void isKnownToNobodyUntilSomebodyAsksForMoreThanLife() {
    demo.get("/health/live");
    await(new WarmUp(demo.vertx).of(new HttpOptions(0, "127.0.0.1"), demo.port()));
    AtomicBoolean known = new AtomicBoolean();
    demo.onLoop(() -> known.set(demo.service.isKnown()));
    assertThat(known).isFalse();

    demo.get("/health/ready");
    demo.until(demo.service::isKnown);
  }

  @Test
  void isStillLiveButNotReadyWhileDraining() {
    demo.onLoop(demo.gate::drain);

    assertThat(demo.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(demo.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(demo.get("/").statusCode()).isEqualTo(200);
    assertThat(demo.get("/").headers().firstValue("Connection")).hasValue("close");
  }

  @Test
  void givesAReceiptForRequestsThatItDoesNotProcess() {
    demo.onLoop(demo.gate::shut);

    for (String path : List.of("/", "/echo", "/delay/1", "/stream/1", "/ws", "/bytes/1")) {
      HttpResponse<String> answer = demo.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(503);
      assertThat(answer.headers().firstValue("Rollcall-Not-Processed")).as(path).hasValue("true");
    }
    assertThat(demo.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(demo.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void doesNotAskForTheBodyOfARequestThatItRefuses() throws IOException {
    demo.onLoop(demo.gate::shut);
    try (Socket socket = demo.connect()) {
      write(
          socket,
          "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      assertThat(readTo(socket, "\r\n\r\n")).startsWith("HTTP/1.1 503 ");
    }
  }
}

package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.Unheard;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body that goes on coming while its request has lost one upstream and waits for another. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BodyBetweenTriesTest {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger taken = new AtomicInteger();
  private FixedRoll roll;
  private EngineScene proxy;

  @BeforeEach
  void start() throws Exception {
    int frozen =
        EngineScene.await(
                vertx
                    .createNetServer()
                    .connectHandler(s -> s.handler(bytes -> taken.addAndGet(bytes.length())))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    int sound =
        EngineScene.await(
                vertx
                    .createHttpServer()
                    .requestHandler(
                        request ->
                            request
                                .body()
                                .onSuccess(b -> request.response().end("got " + b.length())))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    roll =
        new FixedRoll(
            Protocol.HTTP, new Endpoint("127.0.0.1", frozen), new Endpoint("127.0.0.1", sound));
    roll.turn(roll.upstreams().get(1), Availability.DOWN, "not yet");
    proxy =
        EngineScene.over(
            roll,
            new Unheard(),
            EngineScene.options(Map.of("timeout.hold", "60s")),
            Listener.plain("127.0.0.1", 0, false));
  }

  @AfterEach
  void stop() throws Exception {
    proxy.stop();
    EngineScene.await(vertx.close());
  }

  @Test
  void reachesTheNextUpstreamWhole() throws Exception {
    try (Socket client = new Socket("127.0.0.1", proxy.port(0))) {
      OutputStream out = client.getOutputStream();
      out.write(
          ascii(
              "PUT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"));
      chunk(out, 45_000);
      Await.until("the first part is there", () -> taken.get() > 45_000);

      roll.turn(roll.upstreams().get(0), Availability.DOWN, "frozen");
      Await.until("the request waits", () -> proxy.context().counters().waits() == 1);
      // More than is kept to be sent again.
      chunk(out, 45_000);
      chunk(out, 10_000);
      out.write(ascii("0\r\n\r\n"));
      roll.turn(roll.upstreams().get(1), Availability.UP, "there");

      String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("got 100000");
    }
  }

  private static void chunk(OutputStream out, int size) throws IOException {
    out.write(ascii(Integer.toHexString(size) + "\r\n"));
    out.write(new byte[size]);
    out.write(ascii("\r\n"));
    out.flush();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

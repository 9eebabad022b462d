package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketFrame;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketEchoTest {

  private final RunningDemo demo = new RunningDemo(null);
  private final WebSocketClient client =
      demo.vertx.createWebSocketClient(
          new WebSocketClientOptions().setMaxFrameSize(1 << 20).setMaxMessageSize(1 << 20));

  @AfterEach
  void stop() {
    demo.close();
  }

  @Test
  void sendsMessagesBack() {
    WebSocket socket = connect();
    Promise<String> text = Promise.promise();
    Promise<Buffer> binary = Promise.promise();
    socket.textMessageHandler(text::tryComplete);
    socket.binaryMessageHandler(binary::tryComplete);
    Buffer big = Buffer.buffer(new byte[500_000]);

    socket.writeTextMessage("grüß dich").compose(sent -> socket.writeFinalBinaryFrame(big));

    assertThat(await(text.future())).isEqualTo("grüß dich");
    assertThat(await(binary.future())).isEqualTo(big);
  }

  @Test
  void keepsFragmentsApart() {
    WebSocket socket = connect();
    List<String> frames = new ArrayList<>();
    Promise<Void> last = Promise.promise();
    socket.frameHandler(
        frame -> {
          frames.add(frame.textData() + (frame.isFinal() ? "." : "+"));
          if (frame.isFinal()) {
            last.tryComplete();
          }
        });

    socket.writeFrame(WebSocketFrame.textFrame("a", false));
    socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("b"), false));
    socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("c"), true));

    await(last.future());
    assertThat(frames).containsExactly("a+", "b+", "c.");
  }

  @Test
  void answersPings() {
    WebSocket socket = connect();
    Promise<Buffer> pong = Promise.promise();
    socket.pongHandler(pong::tryComplete);
    socket.writePing(Buffer.buffer("42"));
    assertThat(await(pong.future())).isEqualTo(Buffer.buffer("42"));
  }

  @Test
  void isCountedAsAStreamUntilItCloses() {
    WebSocket socket = connect();
    demo.until(() -> demo.service.streams().count() == 1);
    assertThat(demo.service.requests().count()).isZero();

    await(socket.close());
    demo.until(() -> demo.service.streams().count() == 0);
  }

  @Test
  void saysThatItGoesAwayWhenCut() {
    WebSocket socket = connect();
    Promise<Void> closed = Promise.promise();
    socket.closeHandler(closed::complete);
    demo.until(() -> demo.service.streams().count() == 1);

    demo.onLoop(() -> demo.service.streams().cutAll());

    await(closed.future());
    assertThat(socket.closeStatusCode()).isEqualTo((short) 1001);
    demo.until(() -> demo.service.streams().count() == 0);
  }

  @Test
  void asksPlainRequestsToUpgrade() {
    HttpResponse<String> answer = demo.get("/ws");
    assertThat(answer.statusCode()).isEqualTo(426);
    assertThat(answer.headers().firstValue("Upgrade")).hasValue("websocket");
  }

  private WebSocket connect() {
    return await(client.connect(demo.port(), "127.0.0.1", "/ws"));
  }
}

package dev.rollcall.proxy.forward.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.http.ClientLink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults of the engine itself: told once to whoever runs it, in no word to the client. */
class OwnFaultTest {

  private static final String SETTINGS = "000000040000000000";
  private static final String BLOCK = "828684410161";
  private static final String RESET = "0000040300000000%02x00000002";
  private static final String GOAWAY = "0000080700000000007fffffff00000002";

  private final List<String> told = new ArrayList<>();
  private final List<HttpServerRequest> served = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Http2ClientConnection connection =
      Http2ClientConnection.open(
          new Http2Client(
              new ClientLink(channel, false),
              32 * 1024,
              () -> Integer.MAX_VALUE,
              new FieldNames(),
              this::serve,
              (what, why) -> told.add(what + ": " + innermost(why))),
          channel);

  private boolean broken;

  OwnFaultTest() {
    channel.pipeline().addLast(connection);
    channel.writeInbound(
        Unpooled.copiedBuffer(Http2CodecUtil.connectionPrefaceBuf(), bytes(SETTINGS)));
    written();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void endsOneRequestAndIsTold() {
    broken = true;
    header(1, 5);
    assertThat(written()).contains(RESET.formatted(1)).doesNotContain(hex("secret"));
    assertThat(told).containsExactly("an HTTP/2 request: secret");
    broken = false;
    header(3, 5);
    assertThat(served).hasSize(1);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void inABodyEndsOneRequestAndIsTold() {
    header(1, 4);
    served.get(0).handler(part -> fail());
    channel.writeInbound(bytes("000001000000000001" + "61"));
    assertThat(written()).contains(RESET.formatted(1)).doesNotContain(hex("secret"));
    assertThat(told).containsExactly("an HTTP/2 request: secret");
    header(3, 5);
    assertThat(served).hasSize(2);
  }

  @Test
  void atTheEndOfABodyEndsOneRequestAndIsTold() {
    header(1, 4);
    served.get(0).endHandler(end -> fail());
    channel.writeInbound(bytes("000000000100000001"));
    assertThat(written()).contains(RESET.formatted(1)).doesNotContain(hex("secret"));
    assertThat(told).containsExactly("an HTTP/2 request: secret");
  }

  @Test
  void elsewhereEndsTheConnectionAndIsTold() {
    header(1, 5);
    connection.onError(
        channel.pipeline().context(connection), false, new IllegalStateException("secret"));
    assertThat(written()).contains(GOAWAY).doesNotContain(hex("secret"));
    assertThat(told).containsExactly("an HTTP/2 connection: secret");
    assertThat(channel.isOpen()).isFalse();
  }

  private void serve(HttpServerRequest request) {
    if (broken) {
      fail();
    }
    served.add(request);
  }

  private static void fail() {
    throw new IllegalStateException("secret");
  }

  private static String innermost(Throwable thrown) {
    return thrown.getCause() == null ? thrown.getMessage() : innermost(thrown.getCause());
  }

  private void header(int stream, int flags) {
    channel.writeInbound(bytes("00000601%02x%08x".formatted(flags, stream) + BLOCK));
  }

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What the client gets, in hex. */
  private String written() {
    channel.runPendingTasks();
    StringBuilder all = new StringBuilder();
    ByteBuf part;
    while ((part = channel.readOutbound()) != null) {
      byte[] bytes = new byte[part.readableBytes()];
      part.readBytes(bytes).release();
      all.append(HexFormat.of().formatHex(bytes));
    }
    return all.toString();
  }

  /** Nobody asks it anything. */
}

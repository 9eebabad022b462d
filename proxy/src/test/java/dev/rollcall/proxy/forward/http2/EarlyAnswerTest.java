package dev.rollcall.proxy.forward.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.http.ClientLink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that have their answer before they are whole. */
class EarlyAnswerTest {

  private static final String SETTINGS = "000000040000000000";
  private static final String POST = "000006010400000001" + "838684410161";
  private static final String PING = "000008060000000000" + "0102030405060708";
  private static final String PONG = "000008060100000000" + "0102030405060708";
  private static final String END_OF_IT = "000000000100000001";
  private static final String NO_ERROR = "00000403000000000100000000";
  private static final int PART = 16 * 1024;

  private final List<HttpServerRequest> served = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  EarlyAnswerTest() {
    channel
        .pipeline()
        .addLast(
            Http2ClientConnection.open(
                new Http2Client(
                    new ClientLink(channel, false),
                    32 * 1024,
                    () -> Integer.MAX_VALUE,
                    new FieldNames(),
                    served::add,
                    (what, why) -> {}),
                channel));
    channel.writeInbound(
        Unpooled.copiedBuffer(Http2CodecUtil.connectionPrefaceBuf(), bytes(SETTINGS + POST)));
    served.get(0).response().setStatusCode(404).end();
    assertThat(written()).doesNotContain(NO_ERROR);
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void areCutOffWithoutAnErrorWhenTheyDoNotEnd() {
    int parts = 0;
    String answered;
    do {
      send();
      parts++;
      answered = written();
    } while (!answered.contains(NO_ERROR) && parts < 1000);
    assertThat(parts * PART).isBetween(256 * 1024, 512 * 1024);
    send();
    channel.writeInbound(bytes(PING));
    assertThat(written()).contains(PONG);
  }

  @Test
  void endLikeOthersWhenLittleIsToCome() {
    send();
    channel.writeInbound(bytes(END_OF_IT + PING));
    assertThat(written()).contains(PONG).doesNotContain(NO_ERROR);
  }

  private void send() {
    ByteBuf part = Unpooled.buffer();
    part.writeMedium(PART).writeByte(0).writeByte(0).writeInt(1).writeZero(PART);
    channel.writeInbound(part);
  }

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
  }

  /** What the client gets, in hex. */
  private String written() {
    channel.runPendingTasks();
    StringBuilder all = new StringBuilder();
    ByteBuf part;
    while ((part = channel.readOutbound()) != null) {
      all.append(ByteBufUtil.hexDump(part));
      part.release();
    }
    return all.toString();
  }
}

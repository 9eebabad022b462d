package dev.rollcall.proxy.forward.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.http.InboundResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands on the wire (RFC 9112 §6). */
class Http1ResponseTest extends Http1Case<EmbeddedChannel> {

  Http1ResponseTest() {
    super(new EmbeddedChannel());
  }

  @Test
  void aBodyOfOnePartHasALength() {
    ask("GET", "1.1").endWith(part("hello"));
    assertThat(written()).isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
  }

  @Test
  void partsAreChunksAndTrailersFollow() {
    InboundResponse answer = ask("GET", "1.1");
    answer.send(part("hello"));
    answer.send(part("x".repeat(300)));
    answer.putTrailer("a", "b").end();
    assertThat(written())
        .isEqualTo(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n12c\r\n"
                + "x".repeat(300)
                + "\r\n0\r\na: b\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 15, 16, 255, 256, 4095, 65_535, 65_536, 1_048_576})
  void theSizeOfAChunkIsHexadecimal(int size) {
    InboundResponse answer = ask("GET", "1.1");
    answer.send(part("x".repeat(size)));
    assertThat(written()).contains("\r\n\r\n" + Integer.toHexString(size) + "\r\nx");
  }

  @Test
  void anEmptyPartIsNoChunk() {
    InboundResponse answer = ask("GET", "1.1");
    answer.send(Unpooled.EMPTY_BUFFER);
    answer.send(part("a"));
    assertThat(written()).endsWith("\r\n\r\n1\r\na\r\n");
  }

  @Test
  void anOldClientReadsToTheEndOfTheConnection() {
    InboundResponse answer = ask("GET", "1.0");
    answer.send(part("hello"));
    answer.end();
    assertThat(written()).isEqualTo("HTTP/1.0 200 OK\r\nconnection: close\r\n\r\nhello");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void anOldClientMayStayIfItAsks() {
    ask("GET", "1.0", "Connection: keep-alive\r\n").endWith(part("hello"));
    assertThat(written()).contains("connection: keep-alive\r\n").endsWith("hello");
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void aHeadHasNoBody() {
    InboundResponse answer = ask("HEAD", "1.1");
    answer.putHeader("content-length", "5").end("hello");
    assertThat(written()).isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
  }

  @Test
  void noContentHasNoLength() {
    ask("GET", "1.1").setStatusCode(204).putHeader("content-length", "0").end();
    assertThat(written()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
  }

  @Test
  void resetContentIsEmpty() {
    ask("GET", "1.1").setStatusCode(205).end("hello");
    assertThat(written()).isEqualTo("HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n");
  }

  @Test
  void informationComesBeforeTheAnswer() {
    InboundResponse answer = ask("GET", "1.1");
    answer.writeContinue();
    answer.end();
    assertThat(written())
        .isEqualTo("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
  }

  @Test
  void hintsDoNotPileUp() {
    InboundResponse answer = ask("GET", "1.1");
    answer.writeEarlyHints(MultiMap.caseInsensitiveMultiMap().add("link", "</a>"));
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    answer.writeEarlyHints(MultiMap.caseInsensitiveMultiMap().add("link", "</b>"));
    assertThat(written()).isEqualTo("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n");
  }

  @Test
  void whoSaysCloseMeansIt() {
    ask("GET", "1.1").putHeader("connection", "close").end();
    assertThat(written()).containsOnlyOnce("connection: close");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whatComesAfterTheEndIsForgotten() {
    InboundResponse answer = ask("GET", "1.1");
    answer.end();
    written();
    ByteBuf late = part("late");
    answer.send(late);
    answer.endWith(part("later"));
    assertThat(written()).isEmpty();
    assertThat(late.refCnt()).isZero();
  }

  private InboundResponse ask(String method, String version) {
    return ask(method, version, "");
  }

  private InboundResponse ask(String method, String version, String fields) {
    send(method + " / HTTP/" + version + "\r\nHost: a\r\n" + fields + "\r\n");
    return served.get(served.size() - 1).response();
  }
}

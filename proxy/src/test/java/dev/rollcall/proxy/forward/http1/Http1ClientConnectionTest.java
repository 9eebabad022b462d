package dev.rollcall.proxy.forward.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.http.RawTunnel;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Http1ClientConnectionTest {

  private static final String GET = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Duration IDLE = Duration.ofSeconds(75);
  private static final Duration HEADER = Duration.ofSeconds(10);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<InboundRequest> served = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final Set<Http1ClientConnection> all = new HashSet<>();
  private final Http1ClientConnection connection =
      Http1ClientConnection.open(
          new Http1Client(
              new HttpDecoderConfig(),
              this::judged,
              () -> 4,
              this::serve,
              (request, why) -> refused.add(why),
              (what, why) -> faults.add(what + ": " + why.getMessage())),
          new ClientLink(channel, false),
          all);

  private @Nullable Refusal judged(HttpRequest head) {
    lines.add(head.method() + " " + head.uri());
    if (head.decoderResult().isFailure()) {
      return Refusal.MALFORMED;
    }
    return head.uri().equals("/refused") ? Refusal.TARGET : null;
  }

  private void serve(InboundRequest request) {
    if (request.uri().equals("/fault")) {
      throw new IllegalStateException("secret");
    }
    served.add(request);
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void servesOneRequestAtATime() {
    send(GET.formatted("/1") + GET.formatted("/2"));
    assertThat(paths()).containsExactly("/1");
    served.get(0).response().end("one");
    assertThat(paths()).containsExactly("/1", "/2");
    served.get(1).response().end("two");
    assertThat(written()).containsSubsequence("one", "two");
  }

  @Test
  void readsNothingMoreWhileOthersWait() {
    send(GET.formatted("/1"));
    assertThat(channel.config().isAutoRead()).isTrue();
    send(GET.formatted("/2"));
    assertThat(channel.config().isAutoRead()).isFalse();
    served.get(0).response().end();
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(paths()).containsExactly("/1", "/2");
  }

  @Test
  void asksForNoMoreWhileOthersWait() {
    send(GET.formatted("/1") + GET.formatted("/2"));
    AtomicInteger reads = new AtomicInteger();
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void read(ChannelHandlerContext ctx) {
                reads.incrementAndGet();
              }
            });
    send(GET.formatted("/3"));
    send(GET.formatted("/4"));
    assertThat(reads).hasValue(0);
    served.get(0).response().end();
    assertThat(reads).hasPositiveValue();
  }

  @Test
  void makesUpNoRequestOfALineThatCannotBeRead() {
    send("garbage\r\n\r\n");
    assertThat(lines).containsExactly("- -");
    assertThat(refused).containsExactly(Refusal.MALFORMED);
  }

  @Test
  void readsNothingBehindARequestThatIsRefused() {
    send("GET /refused HTTP/1.1\r\nHost: a\r\n\r\n" + GET.formatted("/hidden"));
    assertThat(refused).containsExactly(Refusal.TARGET);
    send(GET.formatted("/hidden"));
    assertThat(served).isEmpty();
  }

  @Test
  void readsNothingBehindABodyThatIsMalformed() {
    List<Throwable> told = new ArrayList<>();
    send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    served.get(0).exceptionHandler(told::add);
    send("x\r\n" + GET.formatted("/hidden"));
    assertThat(told).first().isInstanceOf(Refusal.Refused.class);
    assertThat(paths()).containsExactly("/");
  }

  @Test
  void readsNothingBehindTheLastRequest() {
    send(
        "GET /last HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n" + GET.formatted("/hidden"));
    served.get(0).response().end();
    assertThat(written()).containsIgnoringCase("connection: close");
    assertThat(paths()).containsExactly("/last");
  }

  @Test
  void endsWithAsManyRequestsAsAreAllowed() {
    for (int i = 0; i < 4; i++) {
      send(GET.formatted("/" + i));
      served.get(i).response().end();
      assertThat(written().contains("close")).isEqualTo(i == 3);
    }
    assertThat(channel.isOpen()).isFalse();
    assertThat(all).isEmpty();
  }

  @Test
  void whatStandsBehindAnUpgradeGoesIntoTheTunnel() {
    send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nGET raw");
    RawTunnel tunnel = ((Http1Request) served.get(0)).response().switchProtocols();
    StringBuilder bytes = new StringBuilder();
    tunnel.onBytes(part -> bytes.append(text(part)), () -> {}, () -> {});
    send(" bytes");
    assertThat(bytes).hasToString("GET raw bytes");
    assertThat(written()).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
  }

  /** Netty reads eight bytes behind it, of a draft that nobody speaks. */
  @Test
  void keysOfAWebSocketDraftMakeNoBody() {
    send(
        "GET /1 HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: x\r\nSec-WebSocket-Key2: y\r\n\r\n"
            + GET.formatted("/2"));
    served.get(0).response().end();
    assertThat(paths()).containsExactly("/1", "/2");
  }

  @Test
  void keysOfAWebSocketDraftTakeNoBodyAway() {
    send(
        "GET /1 HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: x\r\nSec-WebSocket-Key2: y\r\n"
            + "Content-Length: 4\r\n\r\nbody"
            + GET.formatted("/2"));
    served.get(0).response().end();
    assertThat(paths()).containsExactly("/1", "/2");
  }

  @Test
  void handsABodyOnWithoutACopy() {
    send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
    List<ByteBuf> parts = new ArrayList<>();
    served.get(0).body(parts::add);
    ByteBuf read = Unpooled.directBuffer().writeBytes(bytes("body"));
    channel.writeInbound(read);
    assertThat(parts).singleElement().satisfies(p -> assertThat(p.unwrap()).isSameAs(read));
    assertThat(served.get(0).isEnded()).isTrue();
    parts.forEach(ByteBuf::release);
    assertThat(read.refCnt()).isZero();
  }

  @Test
  void aPauseTouchesTheConnectionOnlyWhenSomethingComes() {
    send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n");
    served.get(0).body(ByteBuf::release);
    served.get(0).pause();
    assertThat(channel.config().isAutoRead()).isTrue();
    send("some");
    assertThat(channel.config().isAutoRead()).isFalse();
    served.get(0).resume();
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void dropsWhatIsLeftOfARequestThatHasItsAnswer() {
    send("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nhalf");
    served.get(0).response().setStatusCode(404).end();
    send("half" + GET.formatted("/2"));
    assertThat(paths()).containsExactly("/1", "/2");
  }

  @Test
  void aHeadAndASmallBodyAreOneBuffer() {
    send(GET.formatted("/"));
    served
        .get(0)
        .response()
        .endWith(Unpooled.copiedBuffer("x".repeat(100), StandardCharsets.US_ASCII));
    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(written()).endsWith("\r\n\r\n" + "x".repeat(100));
  }

  @Test
  void tellsOfAClientThatGoesBeforeItsAnswer() {
    List<Throwable> told = new ArrayList<>();
    send(GET.formatted("/"));
    served.get(0).response().exceptionHandler(told::add);
    channel.close();
    assertThat(told).hasSize(1);
    assertThat(served.get(0).response().closed()).isTrue();
  }

  @Test
  void aClientThatSendsNoMoreHasItsAnswers() {
    send(GET.formatted("/1") + GET.formatted("/2"));
    sendNoMore();
    assertThat(channel.isOpen()).isTrue();
    served.get(0).response().end("one");
    assertThat(written()).contains("one").doesNotContain("close");
    served.get(1).response().end("two");
    assertThat(written()).contains("two").contains("connection: close");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aClientThatSendsNoMoreAndGetsNothingHasGone() {
    List<Throwable> told = new ArrayList<>();
    send(GET.formatted("/"));
    served.get(0).response().exceptionHandler(told::add);
    sendNoMore();
    connection.check(1, IDLE, HEADER);
    served.get(0).response().writeContinue();
    connection.check(2 + SenderEnd.SILENCE.toNanos(), IDLE, HEADER);
    connection.check(2 + 2 * SenderEnd.SILENCE.toNanos(), IDLE, HEADER);
    assertThat(told).isEmpty();
    connection.check(3 + 2 * SenderEnd.SILENCE.toNanos(), IDLE, HEADER);
    assertThat(told).hasSize(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aClientThatSendsNoMoreMidwayHasGone() {
    List<Throwable> told = new ArrayList<>();
    send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nhalf");
    served.get(0).response().exceptionHandler(told::add);
    sendNoMore();
    assertThat(told).hasSize(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aClientThatSendsNoMoreBetweenRequestsIsLetGo() {
    send(GET.formatted("/"));
    served.get(0).response().end();
    sendNoMore();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aFaultOfOursEndsTheConnectionAndIsTold() {
    send(GET.formatted("/fault"));
    assertThat(faults).containsExactly("an HTTP/1 connection: secret");
    assertThat(written()).doesNotContain("secret");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aHeaderThatTakesTooLongIsAnswered() {
    send("GET / HTTP/1.1\r\n");
    assertThat(connection.check(1, IDLE, HEADER)).isFalse();
    assertThat(connection.check(2 + HEADER.toNanos(), IDLE, HEADER)).isTrue();
    assertThat(written()).startsWith("HTTP/1.1 408 ").containsIgnoringCase("connection: close");
  }

  @Test
  void theHeaderBehindAnAnsweredRequestIsWatchedToo() {
    send(GET.formatted("/1") + "GET /2 HTTP/1.1\r\n");
    served.get(0).response().end();
    assertThat(connection.check(1, IDLE, HEADER)).isFalse();
    assertThat(connection.check(2 + HEADER.toNanos(), IDLE, HEADER)).isTrue();
  }

  @Test
  void aConnectionWithoutARequestIsClosedQuietly() {
    assertThat(connection.check(1, IDLE, HEADER)).isFalse();
    assertThat(connection.check(2 + IDLE.toNanos(), IDLE, HEADER)).isFalse();
    assertThat(channel.isOpen()).isFalse();
    assertThat(written()).isEmpty();
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private void sendNoMore() {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
  }

  private List<String> paths() {
    return served.stream().map(InboundRequest::path).toList();
  }

  private String written() {
    StringBuilder all = new StringBuilder();
    ByteBuf part;
    while ((part = channel.readOutbound()) != null) {
      all.append(text(part));
    }
    return all.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(ByteBuf part) {
    String text = part.toString(StandardCharsets.US_ASCII);
    part.release();
    return text;
  }
}

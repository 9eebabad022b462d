package dev.rollcall.proxy.forward.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read of requests, and where reading ends. */
class RequestIntakeTest extends Http1Case<EmbeddedChannel> {

  private final List<String> lines = new ArrayList<>();

  RequestIntakeTest() {
    super(new EmbeddedChannel());
  }

  @Override
  protected @Nullable Refusal judged(HttpRequest head) {
    lines.add(head.method() + " " + head.uri());
    if (head.decoderResult().isFailure()) {
      return Refusal.MALFORMED;
    }
    return head.uri().equals("/refused") ? Refusal.TARGET : null;
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
    ByteBuf read = Unpooled.directBuffer().writeBytes("body".getBytes(StandardCharsets.US_ASCII));
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
}

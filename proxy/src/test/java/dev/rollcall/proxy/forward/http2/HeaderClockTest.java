package dev.rollcall.proxy.forward.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeaderClockTest {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 4;

  private final HeaderClock clock = new HeaderClock();
  private final ByteBuf bytes = Unpooled.buffer();

  HeaderClockTest() {
    bytes.writeBytes(Http2CodecUtil.connectionPrefaceBuf());
    take(10);
    take(14);
  }

  @Test
  void standsBeforeTheFirstHeader() {
    assertThat(runs()).isFalse();
  }

  @Test
  void standsBetweenWholeHeaders() {
    frame(HEADERS, END_HEADERS, 5);
    frame(DATA, 0, 100);
    frame(HEADERS, END_HEADERS, 0);
    takeAll();
    assertThat(runs()).isFalse();
  }

  @Test
  void runsWhileAFrameOfAHeaderIsUnderWay() {
    frame(HEADERS, END_HEADERS, 5);
    take(Http2CodecUtil.FRAME_HEADER_LENGTH);
    assertThat(runs()).isTrue();
    take(5);
    assertThat(runs()).isFalse();
  }

  @Test
  void runsUntilTheLastContinuation() {
    frame(HEADERS, 0, 5);
    takeAll();
    assertThat(runs()).isTrue();
    frame(CONTINUATION, 0, 0);
    takeAll();
    assertThat(runs()).isTrue();
    frame(CONTINUATION, END_HEADERS, 3);
    takeAll();
    assertThat(runs()).isFalse();
  }

  @Test
  void aBodyIsNoHeader() {
    frame(DATA, 0, 100);
    take(Http2CodecUtil.FRAME_HEADER_LENGTH);
    assertThat(runs()).isFalse();
  }

  @Test
  void forgivesTheTimeThatIsAllowed() {
    frame(HEADERS, 0, 5);
    takeAll();
    assertThat(clock.isOverdue(System.nanoTime(), Duration.ofHours(1))).isFalse();
  }

  private boolean runs() {
    return clock.isOverdue(System.nanoTime() + 2_000_000_000L, Duration.ofSeconds(1));
  }

  private void frame(int type, int flags, int length) {
    bytes.writeMedium(length).writeByte(type).writeByte(flags).writeInt(1).writeZero(length);
  }

  private void takeAll() {
    take(bytes.readableBytes());
  }

  private void take(int count) {
    int from = bytes.readerIndex();
    bytes.skipBytes(count);
    clock.passed(bytes, from);
  }
}

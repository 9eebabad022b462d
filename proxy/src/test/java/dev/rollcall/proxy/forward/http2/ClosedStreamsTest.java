package dev.rollcall.proxy.forward.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import org.junit.jupiter.api.Test;

class ClosedStreamsTest {

  private final ClosedStreams closed = new ClosedStreams();
  private final Http2Connection streams = new DefaultHttp2Connection(true);

  ClosedStreamsTest() {
    streams.addListener(closed);
  }

  @Test
  void aStreamThatNobodyOpenedIsNew() throws Http2Exception {
    assertThat(closed.end(1)).isEqualTo(ClosedStreams.End.NEW);
    open(1);
    assertThat(closed.end(3)).isEqualTo(ClosedStreams.End.NEW);
  }

  @Test
  void mostEndAsTheyShould() throws Http2Exception {
    open(1);
    streams.stream(1).close();
    assertThat(closed.end(1)).isEqualTo(ClosedStreams.End.ENDED);
  }

  @Test
  void knowsWhoResetAStream() throws Http2Exception {
    open(1);
    open(3);
    streams.stream(1).resetSent().close();
    closed.cancelled(3);
    streams.stream(3).close();
    assertThat(closed.end(1)).isEqualTo(ClosedStreams.End.RESET);
    assertThat(closed.end(3)).isEqualTo(ClosedStreams.End.CANCELLED);
  }

  @Test
  void whatBothResetIsOurs() {
    closed.cancelled(1);
    closed.reset(1);
    assertThat(closed.end(1)).isEqualTo(ClosedStreams.End.RESET);
    closed.reset(3);
    closed.cancelled(3);
    assertThat(closed.end(3)).isEqualTo(ClosedStreams.End.RESET);
  }

  @Test
  void whatWeRefusedIsNotNew() {
    closed.reset(1);
    assertThat(closed.end(1)).isEqualTo(ClosedStreams.End.RESET);
  }

  @Test
  void leftOutNumbersAreSkipped() throws Http2Exception {
    open(5);
    open(7);
    open(11);
    assertThat(closed.end(1)).isEqualTo(ClosedStreams.End.SKIPPED);
    assertThat(closed.end(3)).isEqualTo(ClosedStreams.End.SKIPPED);
    assertThat(closed.end(9)).isEqualTo(ClosedStreams.End.SKIPPED);
    assertThat(closed.end(13)).isEqualTo(ClosedStreams.End.NEW);
  }

  @Test
  void forgetsWhoResetWhatLongAgo() throws Http2Exception {
    for (int id = 1; id <= 801; id += 2) {
      open(id);
      closed.cancelled(id);
      streams.stream(id).close();
    }
    open(803);
    streams.stream(803).close();
    assertThat(closed.end(1)).isEqualTo(ClosedStreams.End.FORGOTTEN);
    assertThat(closed.end(801)).isEqualTo(ClosedStreams.End.CANCELLED);
    assertThat(closed.end(803)).isEqualTo(ClosedStreams.End.ENDED);
  }

  private void open(int id) throws Http2Exception {
    streams.remote().createStream(id, false);
  }
}

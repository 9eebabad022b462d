package dev.rollcall.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.forward.client.Timeouts;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import dev.rollcall.proxy.forward.upstream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a body that doesn't move waits for, and how long. */
class RequestBodyTest {

  private final Upload upload = new Upload(HttpVersion.HTTP_1_1);
  private final RequestBody body =
      new RequestBody(upload, Limits.NONE, new EmbeddedChannel().eventLoop());
  private final Upstream upstream = new Upstream();

  private boolean isOverdueAfter(Duration silence) {
    return body.isOverdue(System.nanoTime() + silence.toNanos(), Timeouts.DEFAULT);
  }

  @Test
  void aClientOwesTheNextByte() {
    assertThat(isOverdueAfter(Duration.ofSeconds(29))).isFalse();
    assertThat(isOverdueAfter(Duration.ofSeconds(31))).isTrue();
  }

  @Test
  void aClientThatWaitsForAHundredHasAsLongAsAnAnswerTakesBesides() {
    body.waitsForContinue(true);
    assertThat(isOverdueAfter(Duration.ofSeconds(59))).isFalse();
    assertThat(isOverdueAfter(Duration.ofSeconds(61))).isTrue();
  }

  @Test
  void aClientOwesNothingWhileItsUpstreamTakesNoMore() {
    body.flowTo(upstream);
    assertThat(isOverdueAfter(Duration.ofDays(1))).isFalse();
  }

  @Test
  void anUpstreamThatIsSlowHoldsNobodyUpAsLongAsItTakesSomething() {
    body.flowTo(upstream);
    upstream.untaken = 7;
    assertThat(body.heldUp(System.nanoTime() + Duration.ofDays(1).toNanos())).isEqualTo(7);
  }

  @Test
  void aFaultOfOursDoesNotGetBackToTheConnection() {
    List<String> told = new ArrayList<>();
    body.onBroken(fault -> told.add(fault.getMessage()));
    body.flowTo(upstream);
    upstream.broken = true;
    upload.come(Unpooled.copiedBuffer(new byte[10]));
    upload.beWhole();
    assertThat(told).containsExactly("a fault of ours", "a fault of ours");
  }

  /** One that isn't ready for more. */
  private static final class Upstream implements UpstreamStream {

    private long untaken;
    private boolean broken;

    @Override
    public boolean reused() {
      return false;
    }

    @Override
    public void head(RequestHead head, boolean end) {}

    @Override
    public void flush() {}

    @Override
    public void data(ByteBuf part) {
      part.release();
      fail();
    }

    @Override
    public void end(HttpHeaders trailers) {
      fail();
    }

    private void fail() {
      if (broken) {
        throw new IllegalStateException("a fault of ours");
      }
    }

    @Override
    public boolean isWritable() {
      return false;
    }

    @Override
    public long untaken(long now) {
      return untaken;
    }

    @Override
    public void readable(boolean wanted) {}

    @Override
    public void cancel() {}
  }
}

package dev.rollcall.proxy.forward.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.TwoWayChannel;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ends of HTTP/2 connections, whose client may be slow to take what was sent before. */
class FarewellTest {

  private static final String SETTINGS = "000000040000000000";
  private static final String GET = "00000601050000000182868441" + "0161";
  private static final Duration IDLE = Duration.ofSeconds(75);
  private static final Duration HEADER = Duration.ofSeconds(10);

  private final List<HttpServerRequest> served = new ArrayList<>();
  private final TwoWayChannel channel = new TwoWayChannel();
  private final Http2ClientConnection connection =
      Http2ClientConnection.open(
          new Http2Client(
              new ClientLink(channel, false),
              32 * 1024,
              () -> 1,
              new FieldNames(),
              served::add,
              (what, why) -> {}),
          channel);

  FarewellTest() {
    channel.pipeline().addLast(connection);
    channel.writeInbound(
        Unpooled.copiedBuffer(
            Http2CodecUtil.connectionPrefaceBuf(),
            Unpooled.wrappedBuffer(HexFormat.of().parseHex(SETTINGS + GET))));
    channel.takeNothing();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void aSlowReaderHasTheLastAnswer() {
    served.get(0).response().end("hello");
    channel.runPendingTasks();
    channel.pass(100);
    assertThat(channel.isOutputShutdown()).isFalse();
    assertThat(channel.isOpen()).isTrue();
    channel.take();
    assertThat(channel.isOutputShutdown()).isTrue();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void aReaderThatTakesNothingIsCutOff() {
    served.get(0).response().end("hello");
    channel.runPendingTasks();
    connection.check(1, IDLE, HEADER);
    connection.check(IDLE.toNanos(), IDLE, HEADER);
    assertThat(channel.isOpen()).isTrue();
    connection.check(2 + IDLE.toNanos(), IDLE, HEADER);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whoIsQuietIsToldToGoOnce() {
    served.get(0).response().end("hello");
    channel.take();
    channel.runPendingTasks();
    AtomicInteger told = new AtomicInteger();
    channel
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
                told.incrementAndGet();
                ctx.close(promise);
              }
            });
    long now = System.nanoTime();
    connection.check(now - IDLE.toNanos(), IDLE, HEADER);
    for (int i = 1; i <= 3; i++) {
      connection.check(now + i, IDLE, HEADER);
    }
    assertThat(told).hasValue(1);
  }

  @Test
  void whoIsToldToBeQuickIsCutOffSoonAfter() {
    served.get(0).response().end("hello");
    channel.runPendingTasks();
    long now = System.nanoTime();
    connection.farewell(1000);
    connection.check(now + Duration.ofSeconds(2).toNanos(), IDLE, HEADER);
    assertThat(channel.isOpen()).isTrue();
    connection.check(now + Duration.ofHours(1).toNanos(), Duration.ofDays(1), HEADER);
    assertThat(channel.isOpen()).isFalse();
  }
}

package dev.rollcall.proxy.forward.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http1ConnectionTest {

  private int flushes;

  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ChannelDuplexHandler() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
              ((Runnable) message).run();
            }

            @Override
            public void flush(ChannelHandlerContext ctx) {
              flushes++;
              ctx.flush();
            }
          });

  private final Http1Connection connection =
      new Http1Connection(channel, new Http1Pool(null, null));

  @BeforeEach
  void beginBody() {
    var fields = HeadersMultiMap.httpHeaders();
    fields.add("host", "a").add("content-length", "9999");
    connection.head(new RequestHead("POST", "/", "a", "", fields), false);
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void tinyPartsGoTogether() {
    inOneTurn(() -> send(1000));
    assertThat(flushes).isOne();
    inOneTurn(() -> send(1));
    assertThat(flushes).isEqualTo(2);
  }

  @Test
  void otherPartsGoAtOnce() {
    connection.data(Unpooled.wrappedBuffer(new byte[4096]));
    assertThat(flushes).isOne();
  }

  /** As a read of the client's connection is. */
  private void inOneTurn(Runnable task) {
    channel.writeInbound(task);
  }

  private void send(int parts) {
    for (int i = 0; i < parts; i++) {
      connection.data(Unpooled.wrappedBuffer(new byte[1]));
    }
  }
}

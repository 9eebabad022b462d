package dev.rollcall.proxy.forward.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.ImmediateExecutor;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastWordsTest {

  private final TwoWayChannel channel = new TwoWayChannel();

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  @Test
  void closesWhenAllIsSent() {
    channel.takeNothing();
    say();
    LastWords.over(channel).close();
    channel.pass(100);
    assertThat(channel.isOpen()).isTrue();
    channel.take();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aSlowReaderHasAllBeforeItsTimeBegins() {
    channel.takeNothing();
    say();
    LastWords.over(channel).linger();
    channel.pass(100);
    assertThat(channel.isOutputShutdown()).isFalse();
    channel.take();
    assertThat(channel.isOutputShutdown()).isTrue();
    channel.pass(LastWords.LINGER_SECONDS - 1);
    assertThat(channel.isOpen()).isTrue();
    channel.pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whoHasGoneIsNotWaitedFor() {
    LastWords.over(channel).linger();
    channel.close();
    assertThat(channel.hasPendingTasks()).isFalse();
  }

  @Test
  void aResetWaitsForNobody() {
    channel.takeNothing();
    say();
    LastWords.over(channel).reset();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void overTlsTheClientIsToldThatItIsTheEnd() throws Exception {
    SelfSignedCertificate own = SelfSignedCertificate.create("a.test");
    SslHandler ours =
        new SslHandler(
            SslContextBuilder.forServer(
                    new File(own.certificatePath()), new File(own.privateKeyPath()))
                .build()
                .newEngine(channel.alloc()),
            ImmediateExecutor.INSTANCE);
    EmbeddedChannel client =
        new EmbeddedChannel(
            new SslHandler(
                SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build()
                    .newEngine(channel.alloc()),
                ImmediateExecutor.INSTANCE));
    List<Object> told = new ArrayList<>();
    client
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                told.add(event);
              }
            });
    channel.pipeline().addLast(ours);
    carry(client);
    assertThat(ours.handshakeFuture().isSuccess()).isTrue();

    channel.takeNothing();
    LastWords.over(channel).linger();
    channel.pass(1);
    assertThat(channel.isOutputShutdown()).isFalse();
    channel.take();
    assertThat(channel.isOutputShutdown()).isTrue();
    carry(client);
    assertThat(told).contains(SslCloseCompletionEvent.SUCCESS);
    client.finishAndReleaseAll();
    own.delete();
  }

  private void say() {
    channel.write(Unpooled.wrappedBuffer(new byte[9]));
  }

  /** Whatever either has sent, to the other, until both are silent. */
  private void carry(EmbeddedChannel client) {
    boolean moved = true;
    while (moved) {
      moved = carry(client, channel) | carry(channel, client);
    }
  }

  private static boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
    from.runPendingTasks();
    Object bytes = from.readOutbound();
    if (bytes != null) {
      to.writeInbound(bytes);
    }
    return bytes != null;
  }
}

package dev.rollcall.proxy.forward.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyPassageTest {

  private final List<String> taken = new ArrayList<>();
  private final List<ByteBuf> parts = new ArrayList<>();
  private boolean asks = true;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final BodyPassage passage = new BodyPassage(channel);
  private final ChannelHandlerContext edge = edge();

  private ChannelHandlerContext edge() {
    channel.pipeline().addLast("edge", new ChannelInboundHandlerAdapter());
    channel.pipeline().addLast(new Taker());
    return channel.pipeline().context("edge");
  }

  /** Asks for the body of each request while it comes, as the engine does. */
  private final class Taker extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (asks && message instanceof HttpRequest request) {
        assertThat(passage.take(request.headers(), BodyPassageTest.this::take)).isTrue();
      }
      ctx.fireChannelRead(message);
    }
  }

  private void take(ByteBuf part) {
    taken.add(part.toString(StandardCharsets.US_ASCII));
    parts.add(part);
  }

  @AfterEach
  void everyPartHasOneReference() {
    assertThat(parts).allMatch(part -> part.refCnt() == 1);
    parts.forEach(ByteBuf::release);
    channel.finishAndReleaseAll();
  }

  @Test
  void partsGoToWhoAsksWhileTheHeadComesAndTheEndGoesOn() {
    passage.head(edge, request());

    assertThat(passage.content(edge, new DefaultHttpContent(ascii("ab")))).isTrue();
    assertThat(passage.content(edge, new DefaultLastHttpContent(ascii("cd")))).isTrue();

    assertThat(taken).containsExactly("ab", "cd");
    assertThat((Object) channel.readInbound()).isInstanceOf(HttpRequest.class);
    assertThat((Object) channel.readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat((Object) channel.readInbound()).isNull();
  }

  @Test
  void theNextRequestsBodyIsNobodysUntilItIsAskedFor() {
    passage.head(edge, request());
    passage.content(edge, new DefaultLastHttpContent(ascii("ab")));
    asks = false;
    passage.head(edge, request());

    HttpContent next = new DefaultLastHttpContent(ascii("cd"));
    assertThat(passage.content(edge, next)).isFalse();

    assertThat(taken).containsExactly("ab");
    assertThat(next.release()).isTrue();
  }

  @Test
  void whoAsksLaterIsToldThatItComesAnotherWay() {
    asks = false;
    HttpRequest request = request();
    passage.head(edge, request);

    assertThat(passage.take(request.headers(), this::take)).isFalse();
  }

  @Test
  void contentThatCouldNotBeReadIsLeftToBeRefused() {
    passage.head(edge, request());
    HttpContent broken = new DefaultHttpContent(ascii("zz"));
    broken.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("chunk size")));

    assertThat(passage.content(edge, broken)).isFalse();

    assertThat(taken).isEmpty();
    assertThat(broken.release()).isTrue();
  }

  private static HttpRequest request() {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}

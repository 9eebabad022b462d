package dev.rollcall.proxy.forward;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The edge of one HTTP/1 client connection, between Netty's decoder and Vert.x: refuses what {@link
 * EdgeCheck} refuses, keeps the deadlines of slow senders, hands trailers over (Vert.x drops them),
 * and closes so that a client that is still sending can read its answer. A refused message is
 * passed on with a failed decoder result, so that Vert.x answers it in its turn among pipelined
 * requests.
 *
 * <p>Traffic loop only.
 */
final class ClientConnection extends ChannelDuplexHandler {

  static final AttributeKey<ClientConnection> KEY =
      AttributeKey.valueOf(ClientConnection.class, "edge");

  /**
   * How long a client that is still sending may take to read its answer before the connection is
   * cut.
   */
  private static final long LINGER_SECONDS = 2;

  private record Trailers(HttpHeaders of, HttpHeaders trailers) {}

  private final ClientConnections all;
  private final Channel channel;
  private final ArrayDeque<Trailers> trailers = new ArrayDeque<>(0);

  private int unanswered;
  private boolean inHeader;
  private boolean inBody;
  private boolean bodyPaused;
  private boolean refused;
  private boolean tunnel;
  private boolean lingers;
  private long bodyBytes;
  private long headerSince;
  private long lastByte = System.nanoTime();
  private @Nullable HttpHeaders reading;

  ClientConnection(ClientConnections all, Channel channel) {
    this.all = all;
    this.channel = channel;
  }

  /** Puts the edge into a connection's pipeline; the connection has read nothing yet. */
  void install() {
    channel.attr(KEY).set(this);
    channel.pipeline().addBefore("httpDecoder", "bytes", new Bytes());
    channel.pipeline().addBefore("handler", "edge", this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      onRequest(request);
    } else if (message instanceof HttpContent content) {
      onContent(content);
    }
    ctx.fireChannelRead(message);
  }

  private void onRequest(HttpRequest request) {
    inHeader = false;
    inBody = true;
    bodyBytes = 0;
    unanswered++;
    reading = request.headers();
    Refusal refusal = all.edge().check(request);
    if (refusal != null) {
      refuse();
      request.setDecoderResult(DecoderResult.failure(new Refusal.Refused(refusal)));
    }
  }

  private void onContent(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      refuse();
      content.setDecoderResult(DecoderResult.failure(new Refusal.Refused(Refusal.MALFORMED_BODY)));
      return;
    }
    bodyBytes += content.content().readableBytes();
    long limit = all.limits().bodySize();
    if (limit != Limits.NONE && bodyBytes > limit) {
      refuse();
      content.setDecoderResult(DecoderResult.failure(new Refusal.Refused(Refusal.BODY_SIZE)));
      return;
    }
    if (content instanceof LastHttpContent last) {
      inBody = false;
      if (reading != null && !last.trailingHeaders().isEmpty()) {
        trailers.add(new Trailers(reading, last.trailingHeaders()));
      }
      reading = null;
    }
  }

  /** Nothing that follows can be trusted to begin where it seems to. */
  private void refuse() {
    refused = true;
    lingers = true;
    inBody = false;
  }

  /** The trailers of the request with these header fields, or null. Asked once, after its end. */
  @Nullable HttpHeaders takeTrailers(Object headers) {
    Trailers first = trailers.peekFirst();
    if (first == null || first.of() != headers) {
      return null;
    }
    trailers.removeFirst();
    return first.trailers();
  }

  /** One request has its answer. */
  void answered() {
    unanswered--;
    bodyPaused = false;
    lastByte = System.nanoTime();
  }

  /** Whether we have stopped reading the present body because its upstream is slow. */
  void bodyPaused(boolean paused) {
    bodyPaused = paused;
    lastByte = System.nanoTime();
  }

  /** The next close waits until the client has read what was sent, although it is still sending. */
  void linger() {
    lingers = true;
  }

  /** No deadlines any more: the tunnel has its own. */
  void becomeTunnel() {
    tunnel = true;
  }

  boolean isQuiet() {
    return unanswered == 0 && !inHeader;
  }

  /** Ends what has taken too long; called a few times a second. */
  void check(long now, Timeouts timeouts) {
    if (tunnel || refused) {
      return;
    }
    if (inHeader && unanswered == 0 && now - headerSince > timeouts.requestHeader().toNanos()) {
      all.count(Refusal.SLOW_HEADER);
      refuse();
      answerRaw(Refusal.SLOW_HEADER);
    } else if (isQuiet() && now - lastByte > timeouts.idle().toNanos()) {
      channel.close();
    } else if (inBody
        && !bodyPaused
        && unanswered == 1
        && channel.config().isAutoRead()
        && now - lastByte > timeouts.requestBodyStall().toNanos()) {
      refuse();
      DefaultLastHttpContent stalled = new DefaultLastHttpContent();
      stalled.setDecoderResult(DecoderResult.failure(new Refusal.Refused(Refusal.SLOW_BODY)));
      channel.pipeline().context(this).fireChannelRead(stalled);
    }
  }

  /**
   * An answer for a request that never became one; written below the encoder, which knows of no
   * request.
   */
  private void answerRaw(Refusal refusal) {
    String body = Problem.json(refusal.status(), refusal.title(), Ids.requestId());
    String head =
        "HTTP/1.1 "
            + refusal.status()
            + " "
            + refusal.title()
            + "\r\ncontent-type: application/problem+json\r\nconnection: close\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n";
    ByteBuf answer = ByteBufUtil.writeAscii(channel.alloc(), head + body);
    channel
        .pipeline()
        .context("httpEncoder")
        .writeAndFlush(answer)
        .addListener(sent -> channel.pipeline().close());
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (!lingers || !(channel instanceof DuplexChannel duplex) || !channel.isActive()) {
      ctx.close(promise);
      return;
    }
    lingers = false;
    refused = true;
    channel.config().setAutoRead(true);
    duplex.shutdownOutput();
    var cut = ctx.executor().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    channel
        .closeFuture()
        .addListener(
            done -> {
              cut.cancel(false);
              promise.trySuccess();
            });
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    all.remove(this, channel);
    ctx.fireChannelInactive();
  }

  /** Sees the bytes before they are a message. */
  private final class Bytes extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      lastByte = System.nanoTime();
      if (!inHeader && !inBody && !tunnel) {
        inHeader = true;
        headerSince = lastByte;
      }
      ctx.fireChannelRead(message);
    }
  }
}

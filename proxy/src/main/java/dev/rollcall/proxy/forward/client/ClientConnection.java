package dev.rollcall.proxy.forward.client;

import dev.rollcall.proxy.forward.http2.UnreadBytes;
import dev.rollcall.proxy.forward.message.HopByHop;
import dev.rollcall.proxy.forward.message.HttpDate;
import dev.rollcall.proxy.forward.message.Ids;
import dev.rollcall.proxy.forward.message.Problem;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.impl.buffer.VertxByteBufAllocator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The edge of one HTTP/1 client connection, between Netty's decoder and Vert.x: refuses what {@link
 * EdgeCheck} refuses, ends slow senders, hands trailers over (Vert.x drops them), and closes so
 * that a client that is still sending can read its answer. A refused message is passed on with a
 * failed decoder result, so that Vert.x answers it in its turn among pipelined requests.
 *
 * <p>Traffic loop only.
 */
public final class ClientConnection extends ChannelDuplexHandler {

  public static final AttributeKey<ClientConnection> KEY =
      AttributeKey.valueOf(ClientConnection.class, "edge");

  /**
   * How long a client that is still sending may take to read its answer before the connection is
   * cut.
   */
  private static final long LINGER_SECONDS = 2;

  private record Trailers(HttpHeaders of, HttpHeaders trailers) {}

  private final ClientConnections all;
  private final Channel channel;
  private final BodyPassage body;
  private final SenderClock sender = new SenderClock();
  private final UnreadBytes unread;
  private final Deque<Trailers> trailers = new ArrayDeque<>(0);
  private final Deque<Object> early = new ArrayDeque<>(0);

  private int requests;
  private int answers;
  private boolean refused;
  private boolean lingers;
  private boolean leaving;
  private boolean mayUpgrade;
  private boolean tunnelOpening;
  private boolean tunnel;
  private @Nullable HttpHeaders reading;

  ClientConnection(ClientConnections all, Channel channel) {
    this.all = all;
    this.channel = channel;
    this.body = new BodyPassage(channel);
    this.unread = new UnreadBytes(channel);
  }

  /** Takes all of HTTP/1 out of the pipeline, of which nothing has been read: it is HTTP/2. */
  void leaveTo(ChannelHandler http2) {
    ChannelPipeline pipeline = channel.pipeline();
    channel.attr(KEY).set(null);
    pipeline.remove(sender);
    pipeline.remove("httpDecoder");
    pipeline.remove("httpEncoder");
    pipeline.remove(this);
    pipeline.replace("handler", "handler", http2);
  }

  /** Puts the edge into a connection's pipeline; the connection has read nothing yet. */
  void install() {
    channel.attr(KEY).set(this);
    channel.pipeline().addBefore("httpDecoder", "sender", sender);
    channel.pipeline().addBefore("handler", "edge", this);
    if (channel.pipeline().get("chunkedWriter") != null) {
      // Vert.x's, for files: none is ever sent.
      channel.pipeline().remove("chunkedWriter");
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (tunnelOpening) {
      early.add(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      if (requests++ == all.limits().requestsPerConnection()) {
        // The answers of those before say that it is closed (RFC 9112 §9.6).
        refused = true;
        ReferenceCountUtil.release(message);
        return;
      }
      onRequest(request);
      body.head(ctx, request);
    } else if (message instanceof HttpContent content) {
      onContent(content);
      if (!body.content(ctx, content)) {
        ctx.fireChannelRead(content.content().isReadable() ? owned(content) : content);
      }
    } else {
      ctx.fireChannelRead(message instanceof ByteBuf bytes ? owned(bytes) : message);
    }
  }

  /**
   * The same content in memory that needs no release: Vert.x forgets what waits in its queue when a
   * connection closes. It would copy it a moment later anyway.
   */
  private static HttpContent owned(HttpContent content) {
    HttpContent owned = content.replace(owned(content.content().retain()));
    owned.setDecoderResult(content.decoderResult());
    content.release();
    return owned;
  }

  private static ByteBuf owned(ByteBuf part) {
    ByteBuf copy = VertxByteBufAllocator.DEFAULT.heapBuffer(part.readableBytes()).writeBytes(part);
    part.release();
    return copy;
  }

  private void onRequest(HttpRequest request) {
    sender.requestBegun();
    HttpHeaders headers = request.headers();
    reading = headers;
    Refusal refusal = all.edge().check(request);
    if (refusal != null) {
      refuse();
      if (request.protocolVersion() != HttpVersion.HTTP_1_0
          || request.decoderResult().isFailure()) {
        // The answer is of our version, whatever the request claims to be (RFC 9112 §2.3).
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
      }
      request.setDecoderResult(DecoderResult.failure(new Refusal.Refused(refusal)));
    } else if (headers.contains(HttpHeaderNames.CONNECTION)) {
      onConnectionOptions(headers);
    }
  }

  private void onConnectionOptions(HttpHeaders headers) {
    if (HopByHop.hasOption(headers.getAll(HttpHeaderNames.CONNECTION), "close")) {
      // Vert.x looks for a field that is nothing but "close"; what follows such a request must not
      // be processed.
      headers.add(HttpHeaderNames.CONNECTION, "close");
    } else if (headers.contains(HttpHeaderNames.UPGRADE)) {
      mayUpgrade = true;
      decoder().setSingleDecode(true);
      sender.hold();
    }
  }

  private void onContent(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      refuse();
      content.setDecoderResult(DecoderResult.failure(new Refusal.Refused(Refusal.MALFORMED_BODY)));
      return;
    }
    if (content instanceof LastHttpContent last) {
      sender.requestEnded();
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
    sender.stop();
  }

  /** The trailers of the request with these header fields, or null. Asked once, after its end. */
  public @Nullable HttpHeaders takeTrailers(Object headers) {
    Trailers first = trailers.peekFirst();
    if (first == null || first.of() != headers) {
      return null;
    }
    trailers.removeFirst();
    return first.trailers();
  }

  /** The shortest way to the bodies of this client's requests. */
  public BodyPassage body() {
    return body;
  }

  /** One request has its answer. */
  public void answered() {
    answers++;
    sender.answered();
    if (mayUpgrade) {
      // It stays HTTP: what was held is the next request.
      mayUpgrade = false;
      decoder().setSingleDecode(false);
      channel.pipeline().context(sender).fireChannelRead(Unpooled.EMPTY_BUFFER);
      sender.release();
    }
  }

  /** True when the request that is being answered is the last that it may carry. */
  public boolean isWornOut() {
    return isLast(answers + 1);
  }

  /** True when the last request that it may carry has its answer. */
  public boolean isSpent() {
    return isLast(answers);
  }

  private boolean isLast(int request) {
    int limit = all.limits().requestsPerConnection();
    return limit != Limits.NONE && request >= limit;
  }

  /** The next close waits until the client has read what was sent, although it is still sending. */
  public void linger() {
    lingers = true;
  }

  /**
   * From now on bytes are kept until {@link #tunnelOpened}: Vert.x is about to change its handlers.
   */
  public void tunnelOpening() {
    mayUpgrade = false;
    tunnelOpening = true;
    tunnel = true;
    sender.stop();
  }

  /** What the client has said already goes into the tunnel first. */
  public void tunnelOpened() {
    tunnelOpening = false;
    ChannelHandlerContext here = channel.pipeline().context(this);
    Object message;
    while ((message = early.poll()) != null) {
      here.fireChannelRead(message instanceof ByteBuf bytes ? owned(bytes) : message);
    }
    sender.release();
  }

  /** Ends what has taken too long; called a few times a second. */
  void check(long now, Timeouts timeouts) {
    if (!tunnel && unread.look(now)) {
      if (unread.untaken(now) > timeouts.idle().toNanos()) {
        // A reset: what it has of an answer must not look like all of it.
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        // From here, not from the channel: Vert.x would wait until all is written.
        channel.pipeline().context(this).close();
        return;
      }
      sender.isReading();
    }
    switch (sender.overdue(now, timeouts)) {
      case HEADER -> {
        all.count(Refusal.SLOW_HEADER);
        refuse();
        answerRaw(Refusal.SLOW_HEADER);
      }
      case REQUEST -> channel.close();
      case NOTHING -> {
        // The usual case.
      }
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
            + "\r\ncontent-type: application/problem+json\r\ndate: "
            + HttpDate.now()
            + "\r\nconnection: close\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n";
    ByteBuf answer = ByteBufUtil.writeAscii(channel.alloc(), head + body);
    channel
        .pipeline()
        .context("httpEncoder")
        .writeAndFlush(answer)
        .addListener(sent -> channel.pipeline().close());
  }

  /** Who lingers reads on by itself: Vert.x may have stopped to, for what is still in its queue. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (leaving) {
      ctx.read();
    } else {
      ctx.fireChannelReadComplete();
    }
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (!lingers || !(channel instanceof DuplexChannel duplex) || !channel.isActive()) {
      ctx.close(promise);
      return;
    }
    refused = true;
    lingers = false;
    leaving = true;
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> duplex.shutdownOutput());
    ctx.executor().execute(ctx::read);
    // From here, not from the channel: Vert.x has closed already and passes no second close on.
    var cut = ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    channel
        .closeFuture()
        .addListener(
            done -> {
              cut.cancel(false);
              promise.trySuccess();
            });
  }

  /** A reset is the end of the connection and no news: the close says all that there is to know. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Refusal.Refused) {
      ctx.fireExceptionCaught(cause);
      return;
    }
    if (!(cause instanceof IOException || cause instanceof CodecException)) {
      all.faults().tell("an HTTP/1 connection", cause);
    }
    channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    all.remove(this);
    early.forEach(ReferenceCountUtil::release);
    early.clear();
    ctx.fireChannelInactive();
  }

  private ByteToMessageDecoder decoder() {
    return (ByteToMessageDecoder) channel.pipeline().get("httpDecoder");
  }
}

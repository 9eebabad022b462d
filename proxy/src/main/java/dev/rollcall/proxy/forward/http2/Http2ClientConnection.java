package dev.rollcall.proxy.forward.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.ShutdownEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection of a client. Netty's handler keeps the protocol: frames, states of streams,
 * windows, limits against floods. What it reads becomes requests in {@link RequestFrames}, what
 * answers them is written by {@link ResponseFrames}. Traffic loop only.
 */
public final class Http2ClientConnection extends Http2ConnectionHandler {

  /** As Netty's handler knows it. */
  private static final long NO_LIMIT = -1;

  private final Http2Client client;
  private final Channel channel;
  private final StreamRequests requests;
  private final ResponseFrames responses;
  private final ConnectionClock clock;
  private final ClosedStreams closed;
  private final ResetLimit resets;
  private boolean failed;

  Http2ClientConnection(
      Http2Client client,
      Channel channel,
      ClosedStreams closed,
      ResetLimit resets,
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings) {
    super(decoder, encoder, settings);
    this.client = client;
    this.channel = channel;
    this.closed = closed;
    this.resets = resets;
    this.clock = new ConnectionClock(this);
    this.requests = new StreamRequests(connection(), encoder.flowController());
    this.responses = new ResponseFrames(this, client.names());
  }

  /**
   * Makes it of a connection that has sent and read nothing yet.
   *
   * @param client the connection as requests shall know it, and what serves them
   */
  public static Http2ClientConnection open(Http2Client client, Channel channel) {
    return new Http2ConnectionSetup(client, channel).build();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    responses.open(ctx);
    super.handlerAdded(ctx);
    decoder()
        .flowController()
        .incrementWindowSize(connection().connectionStream(), Http2ConnectionSetup.MORE_WINDOW);
    ctx.flush();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    if (failed) {
      ReferenceCountUtil.release(bytes);
      return;
    }
    responses.hold();
    super.channelRead(ctx, bytes);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (failed) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int from = in.readerIndex();
    super.decode(ctx, in, out);
    clock.passed(in, from);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    responses.letGo();
    super.channelReadComplete(ctx);
  }

  Channel channel() {
    return channel;
  }

  ResponseFrames responses() {
    return responses;
  }

  StreamRequests requests() {
    return requests;
  }

  /** A client that sends is not quiet. */
  void heard() {
    clock.heard();
  }

  /** The engine has taken so many bytes of a stream's body: the client may send as many more. */
  void consumed(Http2Stream stream, int bytes) {
    try {
      if (decoder().flowController().consumeBytes(stream, bytes)) {
        responses.flushSoon();
      }
    } catch (Http2Exception e) {
      onError(channel.pipeline().context(this), true, e);
    }
  }

  /** Says goodbye (GOAWAY, RFC 9113 §6.8): streams under way may end, then it closes. */
  void farewell(long limitMillis) {
    clock.endsWithin(Duration.ofMillis(limitMillis));
    gracefulShutdownTimeoutMillis(limitMillis);
    channel.close();
  }

  /** The same, however long they take: they have their own deadlines. */
  void retire() {
    clock.endsSometime();
    gracefulShutdownTimeoutMillis(NO_LIMIT);
    channel.close();
  }

  /**
   * Ends what the client has left undone for too long; called a few times a second.
   *
   * @param idle without a stream, or without taking anything of what waits for it
   * @param fields from a header's first byte to its end
   * @return whether it was a header
   */
  public boolean check(long now, Duration idle, Duration fields) {
    switch (clock.overdue(now, idle, fields)) {
      case READING -> responses.cut();
      case HEADER -> {
        return !failed && endSlowHeader();
      }
      case QUIET -> farewell(0);
      case NOTHING -> {}
    }
    return false;
  }

  /** Nothing else can come before the end of it: it is the whole connection that waits. */
  private boolean endSlowHeader() {
    onError(
        channel.pipeline().context(this),
        true,
        Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "slow header"));
    return true;
  }

  /**
   * Nothing that follows counts, whatever the client has still on its way, and no stream waits
   * until it has read why. A fault of ours is told to whoever runs us, and not to the client.
   */
  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception known) {
    failed = true;
    ctx.executor().execute(() -> connection().close(ctx.voidPromise()));
    if (known == null || known.error() == Http2Error.INTERNAL_ERROR) {
      tell(cause);
      Http2Exception ours = new Http2Exception(Http2Error.INTERNAL_ERROR);
      super.onConnectionError(ctx, outbound, ours, ours);
    } else {
      super.onConnectionError(ctx, outbound, cause, known);
    }
  }

  /**
   * Only this stream is over. Of streams that a client opens before it knows how many it may, none
   * counts as broken.
   */
  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException error) {
    int id = error.streamId();
    if (connection().stream(id) == null) {
      closed.reset(id);
    }
    super.onStreamError(ctx, outbound, cause, error);
    boolean ours = error.error() == Http2Error.INTERNAL_ERROR;
    if (ours) {
      client.faults().accept("an HTTP/2 request", cause);
    }
    boolean theirs = !outbound && !ours && error.error() != Http2Error.REFUSED_STREAM;
    if (theirs && resets.isExceeded(System.nanoTime())) {
      onError(
          ctx,
          true,
          Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many errors"));
    }
  }

  /** Vert.x tells that way that the listener closes. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ShutdownEvent shutdown) {
      farewell(shutdown.timeUnit().toMillis(shutdown.timeout()));
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  /** A reset is the end of the connection and no news: the close says all that there is to know. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
      super.exceptionCaught(ctx, cause);
    } else {
      tell(cause);
    }
    ctx.close();
  }

  private void tell(Throwable cause) {
    if (!(cause instanceof IOException || cause instanceof CodecException)) {
      client.faults().accept("an HTTP/2 connection", cause);
    }
  }
}

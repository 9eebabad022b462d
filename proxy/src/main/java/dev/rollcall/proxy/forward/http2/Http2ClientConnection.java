package dev.rollcall.proxy.forward.http2;

import dev.rollcall.proxy.forward.http.UnreadBytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
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

  /** Streams that are under way after a farewell have their own deadlines. */
  private static final long UNTIL_ALL_HAVE_ENDED = -1;

  /** How long after the limit of a farewell a client may still take what was sent before. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** Bodies that wait for one stream's reader don't keep those of others from coming. */
  private static final int WINDOW =
      Http2ConnectionSetup.MOST_STREAMS * Http2CodecUtil.DEFAULT_WINDOW_SIZE;

  private final Http2Client client;
  private final Channel channel;
  private final Http2Connection.PropertyKey requests;
  private final ResponseFrames responses;
  private final StreamWatch streams = new StreamWatch(this);
  private final HeaderClock header = new HeaderClock();
  private final ClosedStreams closed;
  private final ResetLimit resets;
  private final UnreadBytes unread;
  private @Nullable Http2Authority called;
  private long quietSince = System.nanoTime();
  private boolean heard;
  private boolean reading;
  private boolean flushing;
  private boolean failed;
  private boolean wornOut;
  private @Nullable Long cutAt;

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
    this.unread = new UnreadBytes(channel);
    this.requests = connection().newKey();
    this.responses = new ResponseFrames(this, client.names());
    encoder.flowController().listener(this::writabilityChanged);
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
        .incrementWindowSize(
            connection().connectionStream(), WINDOW - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
    ctx.flush();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    if (failed) {
      ReferenceCountUtil.release(bytes);
      return;
    }
    reading = true;
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
    header.passed(in, from);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    reading = false;
    super.channelReadComplete(ctx);
  }

  /** Answers of several streams that are ready in one turn of the loop become one write. */
  void flushSoon() {
    if (!reading && !flushing) {
      flushing = true;
      channel.eventLoop().execute(this::flushNow);
    }
  }

  private void flushNow() {
    flushing = false;
    ChannelHandlerContext ctx = channel.pipeline().context(this);
    if (ctx != null) {
      flush(ctx);
    }
  }

  Channel channel() {
    return channel;
  }

  ResponseFrames responses() {
    return responses;
  }

  /** The request of a stream, if it is one that was passed on. */
  @Nullable Http2Request request(Http2Stream stream) {
    return stream.getProperty(requests);
  }

  void begin(Http2Stream stream, Http2Request request) {
    stream.setProperty(requests, request);
  }

  /** A part of a stream's answer has gone out. */
  void moved(Http2Stream stream) {
    Http2Request request = request(stream);
    if (request != null) {
      request.moved();
    }
  }

  /** A client that sends is not quiet. */
  void heard() {
    heard = true;
  }

  /** Whom a request calls, null if nobody; clients call one name again and again. */
  @Nullable Http2Authority authority(@Nullable String text) {
    if (called == null || !called.text().equals(text)) {
      called = text == null ? null : Http2Authority.of(text);
    }
    return called;
  }

  private void writabilityChanged(Http2Stream stream) {
    Http2Request request = request(stream);
    if (request != null && encoder().flowController().isWritable(stream)) {
      request.response().writable();
    }
  }

  /** The engine has taken so many bytes of a stream's body: the client may send as many more. */
  void consumed(Http2Stream stream, int bytes) {
    try {
      if (decoder().flowController().consumeBytes(stream, bytes)) {
        flushSoon();
      }
    } catch (Http2Exception e) {
      onError(channel.pipeline().context(this), true, e);
    }
  }

  /** Says goodbye (GOAWAY, RFC 9113 §6.8): streams under way may end, then it closes. */
  void farewell(long limitMillis) {
    gracefulShutdownTimeoutMillis(limitMillis);
    cutAt =
        limitMillis == UNTIL_ALL_HAVE_ENDED
            ? null
            : System.nanoTime() + LAST_WORDS.plusMillis(limitMillis).toNanos();
    channel.close();
  }

  /** It has carried as many requests as it may. */
  void wornOut() {
    if (!wornOut) {
      wornOut = true;
      // Soon: this request is to be the last stream that the farewell names.
      channel.eventLoop().execute(() -> farewell(UNTIL_ALL_HAVE_ENDED));
    }
  }

  /**
   * Ends what the client has left undone for too long; called a few times a second.
   *
   * @param idle without a stream, or without taking anything of what waits for it
   * @param fields from a header's first byte to its end
   * @return whether it was a header
   */
  public boolean check(long now, Duration idle, Duration fields) {
    boolean waits = unread.look(now);
    boolean taken = !waits || unread.untaken(now) <= idle.toNanos();
    if (!taken || (cutAt != null && now - cutAt > 0)) {
      responses.cut();
      return false;
    }
    if (failed) {
      return false;
    }
    if (header.isOverdue(now, fields)) {
      // Nothing else can come before the end of it: it is the whole connection that waits.
      onError(
          channel.pipeline().context(this),
          true,
          Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "slow header"));
      return true;
    }
    if (streams.look(now, idle) || heard || waits) {
      heard = false;
      quietSince = now;
    } else if (now - quietSince > idle.toNanos()) {
      farewell(0);
    }
    return false;
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

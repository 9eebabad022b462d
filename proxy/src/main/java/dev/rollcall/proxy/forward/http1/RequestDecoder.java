package dev.rollcall.proxy.forward.http1;

import dev.rollcall.proxy.forward.http.KnownNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's requests one at a time: what stands behind a request stays bytes until {@link
 * #next}, so that nothing is read as HTTP before it is known to be (RFC 9112 §9.3.2, RFC 9110
 * §7.8). Traffic loop only.
 */
final class RequestDecoder extends HttpRequestDecoder {

  private static final HttpMethod UNREADABLE = HttpMethod.valueOf("-");

  private final Http1ClientConnection connection;
  private final KnownNames names = KnownNames.ofThread();
  private @Nullable ChannelHandlerContext context;
  private boolean held;
  private boolean deaf;
  private boolean decoding;

  RequestDecoder(HttpDecoderConfig sizes, Http1ClientConnection connection) {
    super(sizes);
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  /** A request is whole: what follows waits. */
  void hold() {
    held = true;
  }

  /** Reads what follows. */
  void next() {
    held = false;
    if (!hasBytes()) {
      return;
    }
    if (decoding) {
      connection.heard();
      return;
    }
    ChannelHandlerContext here = Objects.requireNonNull(context);
    try {
      channelRead(here, Unpooled.EMPTY_BUFFER);
    } catch (Exception e) {
      here.fireExceptionCaught(e);
    }
  }

  /** False when all that can be read has been. */
  boolean isDecoding() {
    return decoding;
  }

  /** Nothing that follows counts. */
  void ignoreAll() {
    deaf = true;
  }

  /** True when something stands behind what has been read. */
  boolean hasBytes() {
    return actualReadableBytes() > 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    if (deaf) {
      ReferenceCountUtil.release(bytes);
      return;
    }
    connection.heard();
    decoding = true;
    try {
      super.channelRead(ctx, bytes);
    } finally {
      decoding = false;
    }
    if (held && hasBytes()) {
      // At most one read's bytes wait.
      connection.reading().stop();
    }
  }

  /** Netty's decoders ask for more when nothing came of what was read, even if nobody reads. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (held || deaf) {
      ctx.fireChannelReadComplete();
    } else {
      super.channelReadComplete(ctx);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (deaf) {
      in.skipBytes(in.readableBytes());
    } else if (!held) {
      super.decode(ctx, in, out);
    }
  }

  /** A client that sends no more may have asked more than has been read. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
  }

  /** A client that has gone says no more. */
  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    in.skipBytes(in.readableBytes());
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    return new DefaultHttpRequest(
        HttpVersion.valueOf(line[2]),
        HttpMethod.valueOf(line[0]),
        line[1],
        HeadersMultiMap.httpHeaders());
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    return names.name(line, start, length);
  }

  /** One whose first line can't be read: the access log shows neither method nor target. */
  @Override
  protected HttpMessage createInvalidMessage() {
    return new DefaultHttpRequest(
        HttpVersion.HTTP_1_0, UNREADABLE, "-", HeadersMultiMap.httpHeaders());
  }

  /**
   * Only a length or chunks make a body (RFC 9112 §6.3). Netty knows of one without either, of
   * WebSocket's drafts: what the client means to be the next request would vanish in it.
   */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    HttpHeaders fields = message.headers();
    return fields.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
        && !fields.contains(HttpHeaderNames.CONTENT_LENGTH)
        && !fields.contains(HttpHeaderNames.TRANSFER_ENCODING);
  }
}

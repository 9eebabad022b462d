package dev.rollcall.proxy.forward.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;

/**
 * Waits for the first bytes of a connection in clear text: they tell whether the client speaks
 * HTTP/2 with prior knowledge (RFC 9113 §3.3) or HTTP/1. Traffic loop only.
 */
final class PriorKnowledge extends ChannelInboundHandlerAdapter {

  private static final ByteBuf PREFACE =
      Unpooled.unreleasableBuffer(Http2CodecUtil.connectionPrefaceBuf());

  private final Runnable onBytes;
  private final Runnable onHttp2;
  private ByteBuf seen = Unpooled.EMPTY_BUFFER;

  /**
   * @param onBytes hears that some have come
   * @param onHttp2 puts HTTP/2 in the place of HTTP/1, before the first byte of it is passed on
   */
  PriorKnowledge(Runnable onBytes, Runnable onHttp2) {
    this.onBytes = onBytes;
    this.onHttp2 = onHttp2;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    onBytes.run();
    ByteBuf bytes = (ByteBuf) message;
    if (seen.isReadable()) {
      bytes = ctx.alloc().buffer().writeBytes(seen).writeBytes(bytes);
      release(seen, (ByteBuf) message);
    }
    seen = Unpooled.EMPTY_BUFFER;
    int known = Math.min(bytes.readableBytes(), PREFACE.readableBytes());
    boolean fits =
        ByteBufUtil.equals(bytes, bytes.readerIndex(), PREFACE, PREFACE.readerIndex(), known);
    if (fits && known < PREFACE.readableBytes()) {
      seen = bytes;
      return;
    }
    if (fits) {
      onHttp2.run();
    }
    ctx.pipeline().remove(this);
    ctx.fireChannelRead(bytes);
  }

  private static void release(ByteBuf one, ByteBuf other) {
    one.release();
    other.release();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    seen.release();
    seen = Unpooled.EMPTY_BUFFER;
  }
}

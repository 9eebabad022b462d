package dev.rollcall.proxy.forward.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2RemoteFlowController.FlowControlled;
import io.netty.handler.codec.http2.Http2Stream;

/** A part of a body that waits until the client's windows are open for it. Traffic loop only. */
final class BodyPart implements FlowControlled {

  private final ResponseFrames frames;
  private final Http2Stream stream;
  private final ByteBuf bytes;
  private final boolean end;

  BodyPart(ResponseFrames frames, Http2Stream stream, ByteBuf bytes, boolean end) {
    this.frames = frames;
    this.stream = stream;
    this.bytes = bytes;
    this.end = end;
  }

  @Override
  public int size() {
    return bytes.readableBytes();
  }

  /** What waits when its stream is reset is dropped, and no window counts it as sent. */
  @Override
  public void write(ChannelHandlerContext ctx, int allowed) {
    if (stream.isResetSent()) {
      throw Http2Response.CLOSED;
    }
    int size = size();
    int now = Math.min(size, allowed);
    if (now > 0 || (size == 0 && end)) {
      frames.write(stream, bytes, now, end && now == size);
    }
  }

  @Override
  public void writeComplete() {
    bytes.release();
    if (end) {
      frames.closeLocal(stream);
    }
  }

  @Override
  public void error(ChannelHandlerContext ctx, Throwable cause) {
    bytes.release();
    frames.failed(stream, cause);
  }

  @Override
  public boolean merge(ChannelHandlerContext ctx, FlowControlled next) {
    return false;
  }
}

package dev.rollcall.proxy.forward.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController.FlowControlled;
import io.netty.handler.codec.http2.Http2Stream;

/** Trailers wait behind the body that they end; no window counts them. Traffic loop only. */
final class Trailers implements FlowControlled {

  private final ResponseFrames frames;
  private final Http2Stream stream;
  private final Http2Headers fields;

  Trailers(ResponseFrames frames, Http2Stream stream, Http2Headers fields) {
    this.frames = frames;
    this.stream = stream;
    this.fields = fields;
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public void write(ChannelHandlerContext ctx, int allowed) {
    if (stream.isResetSent()) {
      throw Http2Response.CLOSED;
    }
    frames.write(stream, fields, true);
    stream.headersSent(false);
  }

  @Override
  public void writeComplete() {
    frames.closeLocal(stream);
  }

  @Override
  public void error(ChannelHandlerContext ctx, Throwable cause) {
    frames.failed(stream, cause);
  }

  @Override
  public boolean merge(ChannelHandlerContext ctx, FlowControlled next) {
    return false;
  }
}

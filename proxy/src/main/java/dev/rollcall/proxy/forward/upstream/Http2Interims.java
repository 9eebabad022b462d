package dev.rollcall.proxy.forward.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Keeps what isn't the final response of an HTTP/2 upstream from being taken for it: 100 and 103
 * pass, other informational ones are dropped (RFC 9110 §15.2), and a 101, or one that ends its
 * stream, fails the stream (RFC 9113 §8.1, §8.6). Traffic loop only.
 */
final class Http2Interims extends Http2FrameListenerDecorator {

  private Http2Interims(Http2FrameListener next) {
    super(next);
  }

  /** Puts itself before Vert.x's listener of frames. */
  static void install(Http2ConnectionHandler handler) {
    handler.decoder().frameListener(new Http2Interims(handler.decoder().frameListener()));
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    if (passes(streamId, headers, end)) {
      super.onHeadersRead(ctx, streamId, headers, dependency, weight, exclusive, padding, end);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
      throws Http2Exception {
    if (passes(streamId, headers, end)) {
      super.onHeadersRead(ctx, streamId, headers, padding, end);
    }
  }

  private static boolean passes(int streamId, Http2Headers headers, boolean end)
      throws Http2Exception {
    CharSequence status = headers.status();
    if (status == null || status.length() != 3 || status.charAt(0) != '1') {
      return true;
    }
    String informational = status.toString();
    if (end || informational.equals("101")) {
      throw Http2Exception.streamError(
          streamId, Http2Error.PROTOCOL_ERROR, "%s is no final response", informational);
    }
    return informational.equals("100") || informational.equals("103");
  }
}

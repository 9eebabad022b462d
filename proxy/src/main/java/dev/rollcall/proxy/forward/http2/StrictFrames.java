package dev.rollcall.proxy.forward.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands between Netty's reader of frames and its decoder, which takes all streams that exist no
 * more for the same: here what comes on one is dropped, an error of the stream, or of the
 * connection, as RFC 9113 §5.1 and §5.1.1 say. Traffic loop only.
 */
final class StrictFrames implements Http2FrameReader {

  private final Http2FrameReader reader;
  private final Http2Connection streams;
  private final ClosedStreams closed;
  private @Nullable Http2FrameListener decoder;
  private @Nullable Http2FrameListener judge;

  StrictFrames(Http2FrameReader reader, Http2Connection streams, ClosedStreams closed) {
    this.reader = reader;
    this.streams = streams;
    this.closed = closed;
  }

  @Override
  public void readFrame(ChannelHandlerContext ctx, ByteBuf bytes, Http2FrameListener to)
      throws Http2Exception {
    if (decoder != to || judge == null) {
      decoder = to;
      judge = new Judge(to);
    }
    reader.readFrame(ctx, bytes, judge);
  }

  @Override
  public Configuration configuration() {
    return reader.configuration();
  }

  @Override
  public void close() {
    reader.close();
  }

  /** Whether it is for the decoder; false: to be dropped. */
  private boolean isWanted(int id) throws Http2Exception {
    Http2Stream stream = streams.stream(id);
    if (stream != null) {
      if (stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE && !stream.isResetSent()) {
        throw Http2Exception.streamError(
            id, Http2Error.STREAM_CLOSED, "stream %d was ended by the client", id);
      }
      return true;
    }
    return switch (closed.end(id)) {
      case RESET -> false;
      case NEW, FORGOTTEN -> true;
      case CANCELLED ->
          throw Http2Exception.streamError(
              id, Http2Error.STREAM_CLOSED, "stream %d was cancelled by the client", id);
      case ENDED ->
          throw Http2Exception.connectionError(
              Http2Error.STREAM_CLOSED, "stream %d was ended by the client", id);
      case SKIPPED ->
          throw Http2Exception.connectionError(
              Http2Error.PROTOCOL_ERROR, "stream %d is older than others that were opened", id);
    };
  }

  private final class Judge extends Http2FrameListenerDecorator {

    Judge(Http2FrameListener decoder) {
      super(decoder);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean end)
        throws Http2Exception {
      if (isWanted(id)) {
        super.onHeadersRead(ctx, id, headers, padding, end);
      }
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx,
        int id,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean end)
        throws Http2Exception {
      if (isWanted(id)) {
        super.onHeadersRead(ctx, id, headers, dependency, weight, exclusive, padding, end);
      }
    }

    /** In any case the decoder counts it against the connection's window (RFC 9113 §6.9). */
    @Override
    public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end)
        throws Http2Exception {
      if (streams.stream(id) != null) {
        return super.onDataRead(ctx, id, data, padding, end);
      }
      int length = data.readableBytes() + padding;
      try {
        return super.onDataRead(ctx, id, data, padding, end);
      } catch (Http2Exception e) {
        if (e.error() == Http2Error.FLOW_CONTROL_ERROR || isWanted(id)) {
          throw e;
        }
        return length;
      }
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code)
        throws Http2Exception {
      if (streams.stream(id) != null) {
        closed.cancelled(id);
      } else if (closed.end(id) == ClosedStreams.End.RESET) {
        return;
      }
      super.onRstStreamRead(ctx, id, code);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int id, int increment)
        throws Http2Exception {
      if (id == 0 || streams.stream(id) != null || closed.end(id) != ClosedStreams.End.RESET) {
        super.onWindowUpdateRead(ctx, id, increment);
      }
    }
  }
}

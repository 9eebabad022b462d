package dev.rollcall.proxy.forward.http2;

import dev.rollcall.proxy.forward.http.LeftOver;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamVisitor;
import java.time.Duration;

/**
 * Looks, a few times a second, at streams that wait for their client: to take more of an answer, or
 * to end a request that has its answer. Nobody else watches whether it does. Traffic loop only.
 */
final class StreamWatch implements Http2StreamVisitor {

  private final Http2ClientConnection connection;
  private long now;
  private Duration idle = Duration.ZERO;
  private boolean open;

  StreamWatch(Http2ClientConnection connection) {
    this.connection = connection;
  }

  /**
   * Ends streams whose client is overdue. True when there are others.
   *
   * @param idle how long a client may take nothing of an answer that waits for it
   */
  boolean look(long now, Duration idle) {
    if (connection.connection().numActiveStreams() == 0) {
      return false;
    }
    this.now = now;
    this.idle = idle;
    open = false;
    try {
      connection.connection().forEachActiveStream(this);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
    return open;
  }

  @Override
  public boolean visit(Http2Stream stream) {
    if (stream.isResetSent()) {
      // As soon as the client reads it.
      return true;
    }
    Http2Request request = connection.requests().of(stream);
    if (request == null) {
      open = true;
      return true;
    }
    boolean sending = stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL;
    if (!sending && !isHeldUp(stream)) {
      request.moved();
      open = true;
    } else if (request.lingers(now) <= (sending ? LeftOver.PATIENCE : idle).toNanos()) {
      open = true;
    } else {
      // RFC 9113 §8.1: of an answer that is whole nothing may be lost.
      Http2Error why = sending ? Http2Error.NO_ERROR : Http2Error.CANCEL;
      connection.responses().reset(stream, why.code());
      connection.responses().flushSoon();
    }
    return true;
  }

  /** The client's windows, and nothing else, keep what waits from being sent. */
  private boolean isHeldUp(Http2Stream stream) {
    return connection.channel().isWritable()
        && connection.encoder().flowController().hasFlowControlled(stream);
  }
}

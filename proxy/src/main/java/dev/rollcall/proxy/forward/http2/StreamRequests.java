package dev.rollcall.proxy.forward.http2;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/** Which request each stream of a connection carries. Traffic loop only. */
final class StreamRequests {

  private final Http2Connection.PropertyKey key;
  private final Http2RemoteFlowController windows;
  private @Nullable Http2Authority called;

  StreamRequests(Http2Connection streams, Http2RemoteFlowController windows) {
    this.key = streams.newKey();
    this.windows = windows;
    windows.listener(this::writabilityChanged);
  }

  /** Null when it carries none that was passed on. */
  @Nullable Http2Request of(Http2Stream stream) {
    return stream.getProperty(key);
  }

  void begin(Http2Stream stream, Http2Request request) {
    stream.setProperty(key, request);
  }

  /** Whom a request calls, null if nobody; clients call one name again and again. */
  @Nullable Http2Authority authority(@Nullable String text) {
    if (called == null || !called.text().equals(text)) {
      called = text == null ? null : Http2Authority.of(text);
    }
    return called;
  }

  /** A part of a stream's answer has gone out. */
  void moved(Http2Stream stream) {
    Http2Request request = of(stream);
    if (request != null) {
      request.moved();
    }
  }

  private void writabilityChanged(Http2Stream stream) {
    Http2Request request = of(stream);
    if (request != null && windows.isWritable(stream)) {
      request.response().writable();
    }
  }
}

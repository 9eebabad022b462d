package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.http2.Http2Request;
import dev.rollcall.proxy.forward.message.BodyKind;
import dev.rollcall.proxy.forward.message.ContentLength;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a request's header says of its body, and the body. Traffic loop only.
 *
 * @param kind how it comes
 * @param body collects it; null: there is none
 */
record IncomingBody(BodyKind kind, @Nullable RequestBody body) {

  private static final IncomingBody NONE = new IncomingBody(BodyKind.NONE, null);

  /** Begins to collect it; nothing of it has come yet. */
  static IncomingBody of(InboundRequest request, TrafficLoop loop) {
    BodyKind kind = kindOf(request);
    if (!kind.present()) {
      return NONE;
    }
    long limit = loop.context().options().limits().bodySize();
    return new IncomingBody(kind, new RequestBody(request, limit, loop.eventLoop()));
  }

  /** HTTP/2 doesn't announce a body: there is none if an empty end comes within the same read. */
  boolean isUnsure(InboundRequest request) {
    return body != null && kind.length() < 0 && request.version() == HttpVersion.HTTP_2;
  }

  /** As it is once that read is over. */
  IncomingBody known() {
    return body != null && body.isAbsent() ? NONE : this;
  }

  /** Nobody will take it: reads on, so that the connection can go on. */
  void drain() {
    if (body != null) {
      body.drain();
    }
  }

  private static BodyKind kindOf(InboundRequest request) {
    String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
    if (length != null) {
      long bytes = ContentLength.parse(length);
      // Some clients say so of the GET that asks for a WebSocket: it has no body that could end.
      boolean none = bytes == 0 && request.headers().contains(HttpHeaderNames.UPGRADE);
      return none ? BodyKind.NONE : new BodyKind(true, bytes);
    }
    boolean chunked =
        request.version() == HttpVersion.HTTP_2
            ? mayFollow(request)
            : request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
    return chunked ? BodyKind.CHUNKED : BodyKind.NONE;
  }

  /** False when a stream has ended with its header, as nearly all without a body do. */
  private static boolean mayFollow(InboundRequest request) {
    return !(request instanceof Http2Request http2) || http2.isReceiving();
  }
}

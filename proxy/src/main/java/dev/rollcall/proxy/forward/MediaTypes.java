package dev.rollcall.proxy.forward;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Media types whose bodies are streams that may rightly be silent for long. */
final class MediaTypes {

  private MediaTypes() {}

  static boolean isGrpc(HttpHeaders headers) {
    return begins(headers.get(HttpHeaderNames.CONTENT_TYPE), "application/grpc");
  }

  static boolean isEventStream(HttpHeaders headers) {
    return begins(headers.get(HttpHeaderNames.CONTENT_TYPE), "text/event-stream");
  }

  private static boolean begins(@Nullable String type, String expected) {
    return type != null && type.regionMatches(true, 0, expected, 0, expected.length());
  }
}

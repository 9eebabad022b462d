package dev.rollcall.proxy.forward;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/** Reads upstreams' HTTP/1 responses, strictly; told before each whether it answers a HEAD. */
final class ResponseDecoder extends HttpResponseDecoder {

  static final int MAX_LINE = 8 * 1024;
  static final int MAX_HEADER = 64 * 1024;
  static final int MAX_CHUNK = 64 * 1024;

  private boolean answersHead;

  ResponseDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_HEADER)
            .setMaxChunkSize(MAX_CHUNK));
  }

  void answersHead(boolean head) {
    this.answersHead = head;
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    if (line[1].length() != 3) {
      throw new IllegalArgumentException("status code of " + line[1].length() + " characters");
    }
    int code = Integer.parseInt(line[1]);
    if (code < 100 || code > 599) {
      throw new IllegalArgumentException("status code " + code);
    }
    HttpResponseStatus status = HttpResponseStatus.valueOf(code);
    return new DefaultHttpResponse(
        HttpVersion.valueOf(line[0]), status, HeadersMultiMap.httpHeaders());
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return answersHead || super.isContentAlwaysEmpty(message);
  }
}

package dev.rollcall.proxy.forward.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.nio.charset.StandardCharsets;

/** Writes requests with the target's own bytes: no re-encoding, no slash added. */
final class RequestEncoder extends HttpRequestEncoder {

  private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  protected void encodeInitialLine(ByteBuf buf, HttpRequest request) {
    ByteBufUtil.copy(request.method().asciiName(), buf);
    buf.writeByte(' ');
    buf.writeCharSequence(request.uri(), StandardCharsets.ISO_8859_1);
    buf.writeBytes(VERSION);
  }

  @Override
  protected void encodeHeaders(HttpHeaders headers, ByteBuf buf) {
    if (headers instanceof HeadersMultiMap map) {
      map.encode(buf, false);
    } else {
      super.encodeHeaders(headers, buf);
    }
  }
}

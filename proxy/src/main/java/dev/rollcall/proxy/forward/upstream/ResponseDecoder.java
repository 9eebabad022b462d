package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.proxy.forward.http.KnownNames;
import dev.rollcall.proxy.forward.http.TrailerFields;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/** Reads upstreams' HTTP/1 responses, strictly; told before each whether it answers a HEAD. */
final class ResponseDecoder extends HttpResponseDecoder {

  static final int MAX_LINE = 8 * 1024;
  static final int MAX_HEADER = 64 * 1024;
  static final int MAX_CHUNK = 64 * 1024;

  private final KnownNames names = KnownNames.ofThread();
  private boolean answersHead;
  private boolean idle = true;
  private boolean bytesSeen;

  ResponseDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_HEADER)
            .setMaxChunkSize(MAX_CHUNK)
            .setTrailersFactory(TrailerFields.FACTORY));
  }

  /** A request is about to be sent. */
  void expect(boolean head) {
    answersHead = head;
    idle = false;
    bytesSeen = false;
  }

  /** The response is whole. False: bytes stand behind it that nobody asked for. */
  boolean rest() {
    idle = true;
    return actualReadableBytes() == 0;
  }

  /** True once any byte of the expected response has come. */
  boolean bytesSeen() {
    return bytesSeen;
  }

  /** An upstream that talks on an idle connection is not to be trusted with a request. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (idle) {
      ReferenceCountUtil.release(message);
      ctx.close();
      return;
    }
    bytesSeen = true;
    super.channelRead(ctx, message);
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
    HttpVersion version = HttpVersion.valueOf(line[0]);
    if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
      throw new IllegalArgumentException(
          "version " + line[0] + " (expected: HTTP/1.1 or HTTP/1.0)");
    }
    HttpResponseStatus status = HttpResponseStatus.valueOf(code);
    return new DefaultHttpResponse(version, status, HeadersMultiMap.httpHeaders());
  }

  /**
   * Netty forgives all that stands between a name and its colon; only white space may (RFC 9112
   * §5.1).
   */
  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (length == 0) {
      throw new IllegalArgumentException("field without a name");
    }
    int i = start + length;
    while (i < line.length && (line[i] == ' ' || line[i] == '\t')) {
      i++;
    }
    if (i >= line.length || line[i] != ':') {
      throw new IllegalArgumentException("field name with a space in it");
    }
    return names.name(line, start, length);
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return answersHead || super.isContentAlwaysEmpty(message);
  }
}

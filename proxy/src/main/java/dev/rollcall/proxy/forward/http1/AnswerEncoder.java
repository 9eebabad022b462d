package dev.rollcall.proxy.forward.http1;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes heads and chunks of answers as bytes (RFC 9112 §4, §5, §7.1). Pure; any thread. */
final class AnswerEncoder {

  private static final int LEAST = 100;
  private static final int MOST = 599;
  private static final int CRLF = '\r' << 8 | '\n';
  private static final byte[] VERSION = bytes("HTTP/1.");
  private static final byte[] HEX = bytes("0123456789abcdef");
  private static final byte[][] STATUS = statusLines();

  private AnswerEncoder() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[][] statusLines() {
    byte[][] lines = new byte[MOST - LEAST + 1][];
    for (int status = LEAST; status <= MOST; status++) {
      lines[status - LEAST] = bytes(" " + HttpResponseStatus.valueOf(status) + "\r\n");
    }
    return lines;
  }

  /**
   * Status line and fields.
   *
   * @param http10 the client speaks nothing newer
   * @param status 100 to 599
   * @param fields whose names and values are valid
   */
  static void head(ByteBuf out, boolean http10, int status, HeadersMultiMap fields) {
    out.writeBytes(VERSION).writeByte(http10 ? '0' : '1').writeBytes(STATUS[status - LEAST]);
    fields.encode(out, false);
    out.writeShort(CRLF);
  }

  /** What stands before a chunk of so many bytes, more than none. */
  static void chunkBegin(ByteBuf out, int size) {
    for (int shift = (31 - Integer.numberOfLeadingZeros(size)) / 4 * 4; shift >= 0; shift -= 4) {
      out.writeByte(HEX[size >>> shift & 15]);
    }
    out.writeShort(CRLF);
  }

  static void chunkEnd(ByteBuf out) {
    out.writeShort(CRLF);
  }

  /** The last chunk, and the end of the body. */
  static void end(ByteBuf out, @Nullable HeadersMultiMap trailers) {
    out.writeByte('0').writeShort(CRLF);
    if (trailers != null) {
      trailers.encode(out, false);
    }
    out.writeShort(CRLF);
  }
}

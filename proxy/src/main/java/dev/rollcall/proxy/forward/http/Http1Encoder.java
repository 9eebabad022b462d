package dev.rollcall.proxy.forward.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes heads and chunks of messages as bytes (RFC 9112 §3, §4, §5, §7.1). Pure; any thread. */
public final class Http1Encoder {

  private static final int LEAST = 100;
  private static final int MOST = 599;
  private static final int CRLF = '\r' << 8 | '\n';
  private static final int COLON = ':' << 8 | ' ';
  private static final byte[] VERSION = bytes("HTTP/1.");
  private static final byte[] REQUEST_VERSION = bytes(" HTTP/1.1\r\n");
  private static final byte[] HEX = bytes("0123456789abcdef");
  private static final byte[][] STATUS = statusLines();

  private Http1Encoder() {}

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
   * Request line and fields.
   *
   * @param target as its bytes came: nothing is encoded, no slash added
   * @param fields whose names and values are valid
   */
  public static void requestHead(ByteBuf out, String method, String target, HttpHeaders fields) {
    out.writeCharSequence(method, StandardCharsets.US_ASCII);
    out.writeByte(' ').writeCharSequence(target, StandardCharsets.ISO_8859_1);
    out.writeBytes(REQUEST_VERSION);
    fields(out, fields);
    out.writeShort(CRLF);
  }

  /**
   * Status line and fields.
   *
   * @param http10 the client speaks nothing newer
   * @param status 100 to 599
   * @param fields whose names and values are valid
   */
  public static void responseHead(ByteBuf out, boolean http10, int status, HttpHeaders fields) {
    out.writeBytes(VERSION).writeByte(http10 ? '0' : '1').writeBytes(STATUS[status - LEAST]);
    fields(out, fields);
    out.writeShort(CRLF);
  }

  /** What stands before a chunk of so many bytes, more than none. */
  public static void chunkBegin(ByteBuf out, int size) {
    for (int shift = (31 - Integer.numberOfLeadingZeros(size)) / 4 * 4; shift >= 0; shift -= 4) {
      out.writeByte(HEX[size >>> shift & 15]);
    }
    out.writeShort(CRLF);
  }

  public static void chunkEnd(ByteBuf out) {
    out.writeShort(CRLF);
  }

  /** The last chunk, and the end of the body. */
  public static void end(ByteBuf out, @Nullable HttpHeaders trailers) {
    out.writeByte('0').writeShort(CRLF);
    if (trailers != null) {
      fields(out, trailers);
    }
    out.writeShort(CRLF);
  }

  private static void fields(ByteBuf out, HttpHeaders fields) {
    if (fields instanceof HeadersMultiMap map) {
      map.encode(out, false);
      return;
    }
    Iterator<Map.Entry<CharSequence, CharSequence>> all = fields.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = all.next();
      out.writeCharSequence(field.getKey(), StandardCharsets.US_ASCII);
      out.writeShort(COLON).writeCharSequence(field.getValue(), StandardCharsets.US_ASCII);
      out.writeShort(CRLF);
    }
  }
}

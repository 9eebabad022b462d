package dev.rollcall.proxy.forward.http1;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/** How a client learns where the body of an answer ends (RFC 9112 §6.3). */
enum Framing {
  NO_BODY,
  LENGTH,
  CHUNKED,
  CLOSE;

  /**
   * Chooses, and makes the head say so.
   *
   * @param answersHead a HEAD was asked
   * @param http10 the client knows of no chunks
   * @param length of the whole body if that is known, else negative
   */
  static Framing of(
      int status, boolean answersHead, boolean http10, int length, HeadersMultiMap headers) {
    if (status == 204) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
      return NO_BODY;
    }
    if (status == 205) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
      return NO_BODY;
    }
    if (answersHead || status == 304) {
      return NO_BODY;
    }
    if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      return LENGTH;
    }
    if (length >= 0) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length));
      return LENGTH;
    }
    if (http10) {
      return CLOSE;
    }
    headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    return CHUNKED;
  }
}

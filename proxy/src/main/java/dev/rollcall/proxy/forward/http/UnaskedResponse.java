package dev.rollcall.proxy.forward.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.HostAndPort;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.util.Set;

/**
 * What Vert.x offers applications about a response: shorter ways to say the same, and what a proxy
 * never asks for. The latter throws.
 */
abstract class UnaskedResponse implements HttpServerResponse {

  private static final Buffer NOTHING = BufferInternal.buffer(Unpooled.EMPTY_BUFFER);

  private static UnsupportedOperationException unasked() {
    return new UnsupportedOperationException("a proxy passes responses on as they are");
  }

  @Override
  public HttpServerResponse putHeader(String name, String value) {
    headers().set(name, value);
    return this;
  }

  @Override
  public HttpServerResponse putHeader(CharSequence name, CharSequence value) {
    headers().set(name, value);
    return this;
  }

  @Override
  public HttpServerResponse putHeader(String name, Iterable<String> values) {
    headers().set(name, values);
    return this;
  }

  @Override
  public HttpServerResponse putHeader(CharSequence name, Iterable<CharSequence> values) {
    headers().set(name, values);
    return this;
  }

  @Override
  public Future<Void> end() {
    return end(NOTHING);
  }

  @Override
  public Future<Void> end(String last) {
    return end(Buffer.buffer(last));
  }

  @Override
  public HttpServerResponse putTrailer(String name, String value) {
    trailers().set(name, value);
    return this;
  }

  @Override
  public HttpServerResponse putTrailer(CharSequence name, CharSequence value) {
    trailers().set(name, value);
    return this;
  }

  @Override
  public HttpServerResponse putTrailer(String name, Iterable<String> values) {
    trailers().set(name, values);
    return this;
  }

  @Override
  public HttpServerResponse putTrailer(CharSequence name, Iterable<CharSequence> values) {
    trailers().set(name, values);
    return this;
  }

  @Override
  public Future<Void> write(String part) {
    return write(Buffer.buffer(part));
  }

  @Override
  public Future<Void> write(String part, String encoding) {
    return write(Buffer.buffer(part, encoding));
  }

  @Override
  public Future<Void> end(String last, String encoding) {
    return end(Buffer.buffer(last, encoding));
  }

  /** Each protocol frames bodies by itself. */
  @Override
  public HttpServerResponse setChunked(boolean chunked) {
    return this;
  }

  @Override
  public boolean isChunked() {
    return true;
  }

  @Override
  public HttpServerResponse setWriteQueueMaxSize(int size) {
    throw unasked();
  }

  @Override
  public String getStatusMessage() {
    throw unasked();
  }

  @Override
  public HttpServerResponse setStatusMessage(String message) {
    throw unasked();
  }

  @Override
  public HttpServerResponse endHandler(Handler<Void> handler) {
    throw unasked();
  }

  @Override
  public HttpServerResponse headersEndHandler(Handler<Void> handler) {
    throw unasked();
  }

  @Override
  public HttpServerResponse bodyEndHandler(Handler<Void> handler) {
    throw unasked();
  }

  @Override
  public long bytesWritten() {
    throw unasked();
  }

  @Override
  public Future<Void> sendFile(String name, long offset, long length) {
    throw unasked();
  }

  @Override
  public Future<Void> sendFile(FileChannel file, long offset, long length) {
    throw unasked();
  }

  @Override
  public Future<Void> sendFile(RandomAccessFile file, long offset, long length) {
    throw unasked();
  }

  @Override
  public Future<HttpServerResponse> push(
      HttpMethod method, HostAndPort authority, String path, MultiMap headers) {
    throw unasked();
  }

  @Override
  public Future<Void> writeCustomFrame(int type, int flags, Buffer payload) {
    throw unasked();
  }

  @Override
  public HttpServerResponse addCookie(Cookie cookie) {
    throw unasked();
  }

  @Override
  public Cookie removeCookie(String name, boolean invalidate) {
    throw unasked();
  }

  @Override
  public Cookie removeCookie(String name, String domain, String path, boolean invalidate) {
    throw unasked();
  }

  @Override
  public Set<Cookie> removeCookies(String name, boolean invalidate) {
    throw unasked();
  }
}

package dev.rollcall.proxy.forward.http;

import io.netty.handler.codec.DecoderResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpFrame;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.StreamPriority;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.NetSocket;
import java.util.Set;

/**
 * What Vert.x offers applications about a request and a proxy never asks for: parameters, forms,
 * cookies, other protocols. Each throws.
 */
abstract class UnaskedRequest extends HttpServerRequestInternal {

  private static UnsupportedOperationException unasked() {
    return new UnsupportedOperationException("a proxy passes requests on as they are");
  }

  @Override
  public ContextInternal context() {
    throw unasked();
  }

  @Override
  public Object metric() {
    throw unasked();
  }

  @Override
  public HttpServerRequest fetch(long amount) {
    throw unasked();
  }

  @Override
  public HostAndPort authority(boolean real) {
    throw unasked();
  }

  @Override
  public long bytesRead() {
    throw unasked();
  }

  @Override
  public String path() {
    throw unasked();
  }

  @Override
  public String query() {
    throw unasked();
  }

  @Override
  public HttpServerRequest setParamsCharset(String charset) {
    throw unasked();
  }

  @Override
  public String getParamsCharset() {
    throw unasked();
  }

  @Override
  public MultiMap params(boolean semicolonIsNormalChar) {
    throw unasked();
  }

  @Override
  public String absoluteURI() {
    throw unasked();
  }

  @Override
  public Future<Buffer> body() {
    throw unasked();
  }

  @Override
  public Future<Void> end() {
    throw unasked();
  }

  @Override
  public Future<NetSocket> toNetSocket() {
    throw unasked();
  }

  @Override
  public Future<ServerWebSocket> toWebSocket() {
    throw unasked();
  }

  @Override
  public HttpServerRequest setExpectMultipart(boolean expect) {
    throw unasked();
  }

  @Override
  public boolean isExpectMultipart() {
    throw unasked();
  }

  @Override
  public HttpServerRequest uploadHandler(Handler<HttpServerFileUpload> handler) {
    throw unasked();
  }

  @Override
  public MultiMap formAttributes() {
    throw unasked();
  }

  @Override
  public String getFormAttribute(String name) {
    throw unasked();
  }

  @Override
  public HttpServerRequest customFrameHandler(Handler<HttpFrame> handler) {
    throw unasked();
  }

  @Override
  public HttpServerRequest streamPriorityHandler(Handler<StreamPriority> handler) {
    throw unasked();
  }

  @Override
  public DecoderResult decoderResult() {
    throw unasked();
  }

  @Override
  public Cookie getCookie(String name) {
    throw unasked();
  }

  @Override
  public Cookie getCookie(String name, String domain, String path) {
    throw unasked();
  }

  @Override
  public Set<Cookie> cookies(String name) {
    throw unasked();
  }

  @Override
  public Set<Cookie> cookies() {
    throw unasked();
  }
}

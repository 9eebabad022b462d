package dev.rollcall.proxy.forward.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.GoAway;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/** What Vert.x offers applications about a connection and a proxy never asks for. Each throws. */
abstract class UnaskedConnection implements HttpConnection {

  private static UnsupportedOperationException unasked() {
    return new UnsupportedOperationException("a proxy's requests end their connections themselves");
  }

  @Override
  public HttpConnection goAway(long error, int lastStream, Buffer debug) {
    throw unasked();
  }

  @Override
  public HttpConnection goAwayHandler(Handler<GoAway> handler) {
    throw unasked();
  }

  @Override
  public HttpConnection shutdownHandler(Handler<Void> handler) {
    throw unasked();
  }

  @Override
  public Future<Void> shutdown(long timeout, TimeUnit unit) {
    throw unasked();
  }

  @Override
  public HttpConnection closeHandler(Handler<Void> handler) {
    throw unasked();
  }

  @Override
  public HttpConnection exceptionHandler(Handler<Throwable> handler) {
    throw unasked();
  }

  @Override
  public Http2Settings settings() {
    throw unasked();
  }

  @Override
  public Future<Void> updateSettings(Http2Settings settings) {
    throw unasked();
  }

  @Override
  public Http2Settings remoteSettings() {
    throw unasked();
  }

  @Override
  public HttpConnection remoteSettingsHandler(Handler<Http2Settings> handler) {
    throw unasked();
  }

  @Override
  public Future<Buffer> ping(Buffer data) {
    throw unasked();
  }

  @Override
  public HttpConnection pingHandler(Handler<Buffer> handler) {
    throw unasked();
  }

  @Override
  public SSLSession sslSession() {
    throw unasked();
  }

  @Override
  public List<Certificate> peerCertificates() {
    throw unasked();
  }

  @Override
  public String indicatedServerName() {
    throw unasked();
  }
}

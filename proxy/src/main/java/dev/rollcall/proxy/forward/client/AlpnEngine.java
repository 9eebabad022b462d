package dev.rollcall.proxy.forward.client;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;

/**
 * TLS that offers HTTP/2 (ALPN, RFC 7301) on a listener which Vert.x takes to be one of HTTP/1
 * only: the connections that chose HTTP/2 are ours.
 */
final class AlpnEngine extends SSLEngineOptions {

  static final String HTTP_2 = "h2";

  private static final List<String> PROTOCOLS = List.of(HTTP_2, "http/1.1");

  @Override
  public SSLEngineOptions copy() {
    return new AlpnEngine();
  }

  /** BoringSSL, where its library is at hand: several times as fast as the JDK's engine. */
  @Override
  public SslContextFactory sslContextFactory() {
    boolean boring = OpenSsl.isAvailable();
    return new Factory(boring ? SslProvider.OPENSSL : SslProvider.JDK, boring);
  }

  private static final class Factory extends DefaultSslContextFactory {

    Factory(SslProvider provider, boolean sessionCache) {
      super(provider, sessionCache);
    }

    @Override
    public SslContextFactory useAlpn(boolean use) {
      return super.useAlpn(true);
    }

    @Override
    public SslContextFactory applicationProtocols(List<String> protocols) {
      return super.applicationProtocols(PROTOCOLS);
    }
  }
}

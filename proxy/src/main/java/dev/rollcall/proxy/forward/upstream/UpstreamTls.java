package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.discovery.Endpoint;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * TLS towards upstreams: the platform's certificate authorities, and the host must be the one that
 * was called.
 */
final class UpstreamTls {

  private static final SslContext CONTEXT = context();

  private UpstreamTls() {}

  /** Completes when the upstream has proved who it is. */
  static Future<Channel> handshake(Channel channel, Endpoint endpoint, Duration limit) {
    SslHandler tls = CONTEXT.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
    tls.setHandshakeTimeoutMillis(limit.toMillis());
    channel.pipeline().addFirst(tls);
    return tls.handshakeFuture();
  }

  private static SslContext context() {
    try {
      return SslContextBuilder.forClient()
          .protocols("TLSv1.3", "TLSv1.2")
          .endpointIdentificationAlgorithm("HTTPS")
          .build();
    } catch (SSLException unusable) {
      throw new IllegalStateException(
          "TLS to upstreams can't be used: " + unusable.getMessage(), unusable);
    }
  }
}

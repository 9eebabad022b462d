package dev.rollcall.proxy.forward.client;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of a listener, PEM files. With several, the client's server name (SNI) chooses; the
 * first serves those who name none.
 *
 * @param certificates chains, leaf first
 * @param keys the private key of each, same order
 * @param clientAuthority who must have signed clients' certificates; null: clients need none
 */
public record Tls(List<Path> certificates, List<Path> keys, @Nullable Path clientAuthority) {

  static final String HTTP_2 = "h2";

  /** By ALPN (RFC 7301). */
  private static final List<String> PROTOCOLS = List.of(HTTP_2, "http/1.1");

  /**
   * TLS 1.2 with forward secrecy and authenticated encryption (RFC 9325 §4.2), and all of TLS 1.3.
   */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  public Tls {
    certificates = List.copyOf(certificates);
    keys = List.copyOf(keys);
    if (certificates.isEmpty() || certificates.size() != keys.size()) {
      throw new IllegalArgumentException(
          "tls: "
              + certificates.size()
              + " certificates, "
              + keys.size()
              + " keys (expected: as many keys as certificates)");
    }
  }

  public NetServerOptions secure(NetServerOptions options) {
    SUITES.forEach(options::addEnabledCipherSuite);
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setSslEngineOptions(engine())
        .setSni(certificates.size() > 1)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
        .setKeyCertOptions(keyCert());
    options.getSslOptions().setApplicationLayerProtocols(PROTOCOLS);
    if (clientAuthority != null) {
      options
          .setClientAuth(ClientAuth.REQUIRED)
          .setTrustOptions(new PemTrustOptions().addCertPath(clientAuthority.toString()));
    }
    return options;
  }

  /** BoringSSL, where its library is at hand: several times as fast as the JDK's engine. */
  private static SSLEngineOptions engine() {
    return OpenSSLEngineOptions.isAvailable()
        ? new OpenSSLEngineOptions()
        : new JdkSSLEngineOptions();
  }

  private PemKeyCertOptions keyCert() {
    PemKeyCertOptions pem = new PemKeyCertOptions();
    certificates.forEach(path -> pem.addCertPath(path.toString()));
    keys.forEach(path -> pem.addKeyPath(path.toString()));
    return pem;
  }
}

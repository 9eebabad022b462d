package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.forward.client.Tls;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.Unheard;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is decided when a connection is accepted, before TLS and before HTTP of any version. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AcceptFilterTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
  private static final String V1 = "PROXY TCP4 6.6.6.6 127.0.0.1 1234 443\r\n";
  private static final String TRUSTED = "http.trusted-proxies";

  private final Vertx upstreams = Vertx.vertx();
  private final SelfSignedCertificate certificate = SelfSignedCertificate.create("a.test");
  private EngineScene proxy;
  private int https;
  private int h2c;

  @AfterEach
  void stop() throws Exception {
    proxy.stop();
    EngineScene.await(upstreams.close());
    certificate.delete();
  }

  @Test
  void aTrustedProxyNamesItsClientBeforeTls() throws Exception {
    listen(Map.of(TRUSTED, "127.0.0.0/8"));
    assertThat(overTls(V1.getBytes(StandardCharsets.US_ASCII))).contains("for=6.6.6.6 proto=https");
  }

  @Test
  void alsoInVersionTwo() throws Exception {
    listen(Map.of(TRUSTED, "127.0.0.0/8"));
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(new byte[] {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10});
    header.writeBytes(
        new byte[] {0x21, 0x11, 0, 12, 7, 7, 7, 7, 127, 0, 0, 1, 4, 5, 1, (byte) 187});
    assertThat(overTls(header.toByteArray())).contains("for=7.7.7.7 proto=https");
  }

  @Test
  void itMayAlsoNameNobody() throws Exception {
    listen(Map.of(TRUSTED, "127.0.0.0/8"));
    assertThat(overTls(new byte[0])).contains("for=127.0.0.1 proto=https");
  }

  @Test
  void whatNobodyTrustedSaysBeforeTlsEndsTheConnection() throws Exception {
    listen(Map.of());
    try (Socket client = new Socket("127.0.0.1", https)) {
      client.getOutputStream().write(V1.getBytes(StandardCharsets.US_ASCII));
      assertThat(untilItEnds(client)).doesNotContain("HTTP/");
    }
  }

  @Test
  void aTrustedProxyNamesItsClientBeforeHttp2() throws Exception {
    listen(Map.of(TRUSTED, "127.0.0.0/8"));
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(V1.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}); // SETTINGS
    request.writeBytes(new byte[] {0, 0, 11, 1, 5, 0, 0, 0, 1}); // HEADERS, whole, of stream 1
    request.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 6});
    request.writeBytes("a.test".getBytes(StandardCharsets.US_ASCII));
    try (Socket client = new Socket("127.0.0.1", h2c)) {
      client.getOutputStream().write(request.toByteArray());
      assertThat(untilItSays(client, "for=")).contains("for=6.6.6.6 proto=http");
    }
  }

  @Test
  void oneTooManyIsClosedBeforeTls() throws Exception {
    listen(Map.of("limit.connections", "1"));
    try (Socket first = tls(new Socket("127.0.0.1", https));
        Socket second = new Socket("127.0.0.1", https)) {
      assertThat(untilItEnds(second)).isEmpty();
      assertThat(asked(first)).contains("200 OK");
    }
  }

  @Test
  void clientsBehindATrustedProxyAreManyAddresses() throws Exception {
    listen(Map.of(TRUSTED, "127.0.0.0/8", "limit.connections-per-address", "1"));
    try (Socket first = tls(new Socket("127.0.0.1", https));
        Socket second = tls(new Socket("127.0.0.1", https))) {
      assertThat(asked(second)).contains("200 OK");
      assertThat(asked(first)).contains("200 OK");
    }
  }

  /** Listens with TLS and in clear text, before an upstream that tells what it was told. */
  private void listen(Map<String, String> settings) throws Exception {
    int upstream =
        EngineScene.await(
                upstreams
                    .createHttpServer()
                    .requestHandler(
                        request ->
                            request
                                .response()
                                .end(
                                    "for="
                                        + request.getHeader("X-Forwarded-For")
                                        + " proto="
                                        + request.getHeader("X-Forwarded-Proto")))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    Tls tls =
        new Tls(
            List.of(Path.of(certificate.certificatePath())),
            List.of(Path.of(certificate.privateKeyPath())),
            null);
    proxy =
        EngineScene.over(
            new FixedRoll(Protocol.HTTP, new Endpoint("127.0.0.1", upstream)),
            new Unheard(),
            EngineScene.options(settings),
            new Listener("127.0.0.1", 0, false, tls),
            Listener.plain("127.0.0.1", 0, true));
    https = proxy.port(0);
    h2c = proxy.port(1);
  }

  private String overTls(byte[] before) throws Exception {
    Socket socket = new Socket("127.0.0.1", https);
    socket.getOutputStream().write(before);
    try (Socket client = tls(socket)) {
      return asked(client);
    }
  }

  private static String asked(Socket client) throws IOException {
    client.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
    return untilItEnds(client);
  }

  private static Socket tls(Socket socket) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
    Socket secure =
        context.getSocketFactory().createSocket(socket, "a.test", socket.getPort(), true);
    secure.setSoTimeout(20_000);
    ((javax.net.ssl.SSLSocket) secure).startHandshake();
    return secure;
  }

  private static String untilItEnds(Socket client) throws IOException {
    client.setSoTimeout(20_000);
    try {
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    }
  }

  private static String untilItSays(Socket client, String word) throws IOException {
    client.setSoTimeout(20_000);
    StringBuilder said = new StringBuilder();
    int next;
    while ((next = client.getInputStream().read()) >= 0) {
      said.append((char) next);
      if (said.indexOf(word) >= 0 && said.toString().endsWith("http")) {
        break;
      }
    }
    return said.toString();
  }
}

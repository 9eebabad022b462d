package dev.rollcall.proxy;

import static dev.rollcall.proxy.OwnProxy.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listens, joins, serves, stops. */
class ProxyProcessIT {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final OwnProxy proxy = OwnProxy.open();

  @AfterEach
  void close() throws Exception {
    proxy.close();
  }

  @Test
  void servesItsSettingsBeforeItJoinsTheCluster() throws Exception {
    int port = await(proxy.start(Map.of()).listen()).clients().get(0);

    assertThat(get(port)).isEqualTo("hello");
    Endpoint own = await(proxy.process().join());
    assertThat(own.host()).isEqualTo("127.0.0.1");
    assertThat(get(port)).isEqualTo("hello");
  }

  @Test
  void listensOnOnePortWithAllWorkers() throws Exception {
    int port = await(proxy.start(Map.of("ROLLCALL_WORKERS", "4")).listen()).clients().get(0);

    for (int i = 0; i < 16; i++) {
      assertThat(getOnNewConnection(port)).isEqualTo("hello");
    }
  }

  @Test
  void listensOnIpv6Too() throws Exception {
    int port = await(proxy.start(Map.of()).listen()).clients().get(0);

    // Only where there is IPv6 at all.
    if (InetAddress.getByName("::1").isReachable(1000)) {
      assertThat(get("[::1]", port, "/")).isEqualTo("hello");
    }
  }

  @Test
  void showsTheRollToOperators() throws Exception {
    int admin = await(proxy.start(Map.of()).listen()).admin();

    assertThat(get("127.0.0.1", admin, "/api/v1/services")).contains("\"name\":\"web\"");
    assertThat(get("127.0.0.1", admin, "/metrics")).contains("rollcall_responses_total");
  }

  @Test
  void hearsInTheClusterWhomItsSettingsAllow() throws Exception {
    await(proxy.start(Map.of("ROLLCALL_CLUSTER_ALLOWED_MEMBERS", "127.0.0.2")).listen());
    Endpoint own = await(proxy.process().join());

    assertThat(greetAsAMember("127.0.0.2", own)).isEqualTo('H');
    assertThat(greetAsAMember("127.0.0.1", own)).isEqualTo(-1);
  }

  @Test
  void stopsBeforeItJoined() throws Exception {
    await(proxy.start(Map.of()).listen());

    proxy.stop();
  }

  @Test
  void stopsWhileItJoins() throws Exception {
    await(proxy.start(Map.of()).listen());
    Future<Endpoint> joining = proxy.process().join();

    proxy.stop();
    // Ends one way or the other; it may be told a moment after the cluster was left.
    await(joining.transform(ended -> Future.succeededFuture()));
  }

  @Test
  void sendsClearTextToHttpsAndServesItThere() throws Exception {
    SelfSignedCertificate own = SelfSignedCertificate.create("localhost");
    Map<String, String> tls =
        Map.of(
            "ROLLCALL_TLS_CERT",
            own.certificatePath(),
            "ROLLCALL_TLS_KEY",
            own.privateKeyPath(),
            "ROLLCALL_TLS_PORT",
            "0",
            "ROLLCALL_HTTP_REDIRECT_TO_HTTPS",
            "8443");
    List<Integer> ports = await(proxy.start(tls).listen()).clients();
    own.delete();

    try (Wire clear = new Wire(ports.get(0))) {
      Wire.Answer answer = clear.send("PUT /x?y HTTP/1.1\r\nHost: a.test:80\r\n\r\n");
      assertThat(answer.status()).isEqualTo(308);
      assertThat(answer.field("location")).isEqualTo("https://a.test:8443/x?y");
    }
    HttpClientOptions trusting =
        new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false);
    HttpClientAgent https = proxy.vertx.createHttpClient(trusting);
    // On a loop: a thread that asks for the body a moment too late never gets it.
    Promise<Buffer> body = Promise.promise();
    proxy.vertx.runOnContext(
        now ->
            https
                .request(HttpMethod.GET, ports.get(1), "127.0.0.1", "/x")
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body)
                .onComplete(body));
    assertThat(await(body.future()).toString()).isEqualTo("hello");
    await(https.close());
  }

  private String get(int port) throws Exception {
    return get("127.0.0.1", port, "/");
  }

  private String get(String host, int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
            .timeout(Duration.ofSeconds(OwnProxy.PATIENCE_SECONDS))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String getOnNewConnection(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** The first byte of the answer, or -1 when the connection is ended instead. */
  private static int greetAsAMember(String from, Endpoint to) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(OwnProxy.PATIENCE_SECONDS));
      socket.connect(new InetSocketAddress(to.host(), to.port()));
      socket.getOutputStream().write("HZC".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }
}

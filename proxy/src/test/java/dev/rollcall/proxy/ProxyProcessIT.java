package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.settings.Reading;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole proxy in this JVM, by its settings. */
class ProxyProcessIT {

  private static final long PATIENCE_SECONDS = 60;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int upstream;
  private @Nullable ProxyProcess proxy;

  @BeforeEach
  void serve() throws Exception {
    HttpServer server =
        vertx.createHttpServer().requestHandler(request -> request.response().end("hello"));
    upstream = await(server.listen(0, "127.0.0.1")).actualPort();
  }

  @AfterEach
  void close() throws Exception {
    if (proxy != null) {
      await(proxy.stop());
    }
    await(vertx.close());
  }

  @Test
  void servesItsSettingsBeforeItJoinsTheCluster() throws Exception {
    int port = await(start(Map.of()).listen()).clients().get(0);

    assertThat(get(port)).isEqualTo("hello");
    Endpoint own = await(proxy().join());
    assertThat(own.host()).isEqualTo("127.0.0.1");
    assertThat(get(port)).isEqualTo("hello");
  }

  @Test
  void listensOnOnePortWithAllWorkers() throws Exception {
    int port = await(start(Map.of("ROLLCALL_WORKERS", "4")).listen()).clients().get(0);

    for (int i = 0; i < 16; i++) {
      assertThat(getOnNewConnection(port)).isEqualTo("hello");
    }
  }

  @Test
  void listensOnIpv6Too() throws Exception {
    int port = await(start(Map.of()).listen()).clients().get(0);

    // Only where there is IPv6 at all.
    if (InetAddress.getByName("::1").isReachable(1000)) {
      assertThat(get("[::1]", port, "/")).isEqualTo("hello");
    }
  }

  @Test
  void showsTheRollToOperators() throws Exception {
    int admin = await(start(Map.of()).listen()).admin();

    assertThat(get("127.0.0.1", admin, "/api/v1/services")).contains("\"name\":\"web\"");
    assertThat(get("127.0.0.1", admin, "/metrics")).contains("rollcall_responses_total");
  }

  @Test
  void hearsInTheClusterWhomItsSettingsAllow() throws Exception {
    await(start(Map.of("ROLLCALL_CLUSTER_ALLOWED_MEMBERS", "127.0.0.2")).listen());
    Endpoint own = await(proxy().join());

    assertThat(greetAsAMember("127.0.0.2", own)).isEqualTo('H');
    assertThat(greetAsAMember("127.0.0.1", own)).isEqualTo(-1);
  }

  @Test
  void stopsBeforeItJoined() throws Exception {
    await(start(Map.of()).listen());

    await(proxy().stop());
    proxy = null;
  }

  @Test
  void stopsWhileItJoins() throws Exception {
    await(start(Map.of()).listen());
    Future<Endpoint> joining = proxy().join();

    await(proxy().stop());
    proxy = null;
    // Ends one way or the other; it may be told a moment after the cluster was left.
    await(joining.transform(ended -> Future.succeededFuture()));
  }

  @Test
  void namesTheSettingOfATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();

      assertThatThrownBy(
              () -> await(start(Map.of("ROLLCALL_HTTP_PORT", String.valueOf(port))).listen()))
          .hasMessage("http.port: %d is taken by another program (expected: a free port)", port);
    }
  }

  @Test
  void namesTheSettingOfATakenAdminPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();

      assertThatThrownBy(
              () -> await(start(Map.of("ROLLCALL_ADMIN_PORT", String.valueOf(port))).listen()))
          .hasMessage("admin.port: %d is taken by another program (expected: a free port)", port);
    }
  }

  @Test
  void namesTheSettingOfATakenClusterPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      Map<String, String> taking = Map.of("ROLLCALL_CLUSTER_PORT", String.valueOf(port));

      assertThatThrownBy(() -> await(start(taking).listen().compose(ports -> proxy().join())))
          .hasMessage("cluster.port: %d is taken by another program (expected: a free port)", port);
    }
  }

  @Test
  void namesTheSettingOfATakenBusPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      Map<String, String> taking = Map.of("ROLLCALL_CLUSTER_BUS_PORT", String.valueOf(port));

      assertThatThrownBy(() -> await(start(taking).listen().compose(ports -> proxy().join())))
          .hasMessage(
              "cluster.bus-port: %d is taken by another program (expected: a free port)", port);
    }
  }

  @Test
  void namesTheSettingOfAnAddressThatIsNotHere() throws Exception {
    assertThatThrownBy(() -> await(start(Map.of("ROLLCALL_HTTP_HOST", "192.0.2.1")).listen()))
        .hasMessage("http.host: 192.0.2.1 (expected: an address of this machine)");
  }

  @Test
  void namesTheSettingOfAClusterAddressThatIsNotHere() throws Exception {
    Map<String, String> elsewhere =
        Map.of("ROLLCALL_CLUSTER_HOST", "192.0.2.1", "ROLLCALL_SECRET", "hush");

    assertThatThrownBy(() -> await(start(elsewhere).listen().compose(ports -> proxy().join())))
        .hasMessage("cluster.host: 192.0.2.1 (expected: an address of this machine)");
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
    List<Integer> ports = await(start(tls).listen()).clients();
    own.delete();

    try (Wire clear = new Wire(ports.get(0))) {
      Wire.Answer answer = clear.send("PUT /x?y HTTP/1.1\r\nHost: a.test:80\r\n\r\n");
      assertThat(answer.status()).isEqualTo(308);
      assertThat(answer.field("location")).isEqualTo("https://a.test:8443/x?y");
    }
    HttpClientOptions trusting =
        new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false);
    HttpClientAgent https = vertx.createHttpClient(trusting);
    // On a loop: a thread that asks for the body a moment too late never gets it.
    Promise<Buffer> body = Promise.promise();
    vertx.runOnContext(
        now ->
            https
                .request(HttpMethod.GET, ports.get(1), "127.0.0.1", "/x")
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body)
                .onComplete(body));
    assertThat(await(body.future()).toString()).isEqualTo("hello");
    await(https.close());
  }

  private ProxyProcess start(Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("ROLLCALL_HTTP_PORT", "0");
    environment.put("ROLLCALL_ADMIN_PORT", "0");
    environment.put("ROLLCALL_CLUSTER_PORT", freePort());
    environment.put("ROLLCALL_CLUSTER_BUS_PORT", freePort());
    environment.put("ROLLCALL_CLUSTER_MEMBERS", "127.0.0.1:1");
    environment.put("ROLLCALL_UPSTREAMS", "web=http://127.0.0.1:" + upstream);
    environment.putAll(more);
    Reading<ProxyOptions> reading = ProxyOptions.PROGRAM.read(null, environment);
    assertThat(reading.faults()).isEmpty();
    proxy = new ProxyProcess(Objects.requireNonNull(reading.options()), "test");
    return proxy;
  }

  private ProxyProcess proxy() {
    return Objects.requireNonNull(proxy);
  }

  private String get(int port) throws Exception {
    return get("127.0.0.1", port, "/");
  }

  private String get(String host, int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
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
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      socket.connect(new InetSocketAddress(to.host(), to.port()));
      socket.getOutputStream().write("HZC".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }
}

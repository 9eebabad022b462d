import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What people ask a proxy for, so that a training run (see train) sees it: {@code java Traffic HTTP TLS ADMIN SECONDS},
 * three ports of this machine. Prints what each kind of request got done, and fails when one of them got nothing.
 *
 * <p>The order matters. A JVM remembers the first two classes that it meets at a call, and compiles for them: so plain
 * requests over HTTP/1.1 go first and for most of the time, and the other kinds only make an appearance.
 */
public final class Traffic {

  private static final int CONNECTIONS = 32;
  private static final Buffer BODY = Buffer.buffer(new byte[10_000]);

  private final Vertx vertx = Vertx.vertx();
  private final int http;
  private final int tls;
  private final int admin;

  private Traffic(int http, int tls, int admin) {
    this.http = http;
    this.tls = tls;
    this.admin = admin;
  }

  public static void main(String[] args) throws Exception {
    int[] all = List.of(args).stream().mapToInt(Integer::parseInt).toArray();
    Traffic traffic = new Traffic(all[0], all[1], all[2]);
    int code = 0;
    try {
      traffic.send(all[3] * 1000L);
    } catch (Exception failed) {
      System.out.println("traffic: " + failed);
      code = 1;
    }
    traffic.vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    System.exit(code);
  }

  private void send(long millis) throws Exception {
    HttpClient plain = client(options(), CONNECTIONS);
    run("GET", millis / 2, CONNECTIONS, () -> get(plain, http, "/"));
    run("GET 10 KB", millis / 8, CONNECTIONS, () -> get(plain, http, "/bytes/10000"));
    run("POST 10 KB", millis / 8, CONNECTIONS, () -> ask(plain, http, HttpMethod.POST, "/echo", BODY));
    run("GET 1 MB", millis / 16, 8, () -> get(plain, http, "/bytes/1000000"));
    run("404", millis / 32, 4, () -> get(plain, http, "/status/404"));
    run("events", millis / 32, 4, () -> get(plain, http, "/stream/2"));
    run("WebSocket", millis / 32, 4, this::echo);
    HttpClient fresh = client(options().setKeepAlive(false), CONNECTIONS);
    run("new connection", millis / 32, 8, () -> get(fresh, http, "/"));
    HttpClient secret = client(secret(HttpVersion.HTTP_1_1), 8);
    run("TLS", millis / 16, 8, () -> get(secret, tls, "/"));
    HttpClient two = client(secret(HttpVersion.HTTP_2), 8);
    run("TLS, HTTP/2", millis / 16, 8, () -> get(two, tls, "/"));
    run("TLS, HTTP/2, POST", millis / 32, 8, () -> ask(two, tls, HttpMethod.POST, "/echo", BODY));
    HttpClient clear = client(options().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false), 2);
    run("HTTP/2", millis / 16, 16, () -> get(clear, http, "/"));
    for (String page : List.of("/", "/metrics", "/api/v1/services", "/health/ready")) {
      run("admin " + page, millis / 64, 2, () -> get(plain, admin, page));
    }
  }

  // ---- kinds

  private Future<Void> get(HttpClient client, int port, String path) {
    return ask(client, port, HttpMethod.GET, path, Buffer.buffer());
  }

  private Future<Void> ask(HttpClient client, int port, HttpMethod method, String path, Buffer body) {
    return client
        .request(new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(port).setURI(path))
        .compose(request -> request.send(body))
        .compose(
            response ->
                response.statusCode() < 500
                    ? response.end()
                    : Future.failedFuture(path + " got " + response.statusCode()));
  }

  private Future<Void> echo() {
    return vertx
        .createWebSocketClient()
        .connect(http, "127.0.0.1", "/ws")
        .compose(socket -> echo(socket, 20).eventually(socket::close));
  }

  private Future<Void> echo(WebSocket socket, int left) {
    Future<Buffer> heard = Future.future(promise -> socket.handler(promise::tryComplete));
    return socket
        .writeTextMessage("roll call")
        .compose(sent -> heard)
        .compose(back -> left == 1 ? Future.succeededFuture() : echo(socket, left - 1));
  }

  // ---- clients

  private HttpClient client(HttpClientOptions options, int connections) {
    return vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(connections).setHttp2MaxSize(connections));
  }

  private static HttpClientOptions options() {
    return new HttpClientOptions().setConnectTimeout(1000).setIdleTimeout(10);
  }

  private static HttpClientOptions secret(HttpVersion version) {
    return options().setSsl(true).setTrustAll(true).setVerifyHost(false).setUseAlpn(true).setProtocolVersion(version);
  }

  // ---- how many

  /** So many at a time, each followed by the next, until the time is over. */
  private static void run(String kind, long millis, int atATime, Supplier<Future<Void>> request) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    List<Future<Integer>> lines = IntStream.range(0, atATime).mapToObj(i -> line(request, end)).toList();
    Future.join(lines).toCompletionStage().toCompletableFuture().get(millis + 10_000, TimeUnit.MILLISECONDS);
    System.out.println("traffic: " + kind + " " + lines.stream().mapToInt(Future::result).sum());
  }

  private static Future<Integer> line(Supplier<Future<Void>> request, long end) {
    Promise<Integer> over = Promise.promise();
    next(request, end, 1, over);
    return over.future();
  }

  private static void next(Supplier<Future<Void>> request, long end, int count, Promise<Integer> over) {
    request
        .get()
        .onFailure(over::tryFail)
        .onSuccess(
            answered -> {
              if (System.nanoTime() > end) {
                over.complete(count);
              } else {
                next(request, end, count + 1, over);
              }
            });
  }
}

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Clients of every kind for a while: polite, slow, rude and broken ones, against the demo upstream behind a proxy; some of
 * them over HTTP/2 and TLS, each on a connection of its own. Prints what happened how often; fails when an answer looked
 * whole and was wrong, or a GET that may be repeated was failed.
 *
 * <pre>java bench/soak/Soak.java PORT TLS_PORT SECONDS SEED</pre>
 */
public final class Soak {

  private static final int CLIENTS = 16;
  private static final int HTTP2_CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private interface Deed {
    String run() throws Exception;
  }

  private final int port;
  private final boolean http2;
  private final Random random;
  private final HttpClient http;
  private final byte[] noise = new byte[300_000];

  private Soak(int port, boolean http2, long seed, HttpClient http) {
    this.port = port;
    this.http2 = http2;
    this.random = new Random(seed);
    this.http = http;
    random.nextBytes(noise);
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int tlsPort = Integer.parseInt(args[1]);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[2]));
    long seed = Long.parseLong(args[3]);
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS + HTTP2_CLIENTS; i++) {
      boolean http2 = i >= CLIENTS;
      Soak client = new Soak(http2 ? tlsPort : port, http2, seed + i, http2 ? trusting() : http);
      Thread thread = new Thread(() -> client.live(end, counts), "client-" + i);
      thread.start();
      clients.add(thread);
    }
    for (Thread thread : clients) {
      thread.join();
    }
    long bad = 0;
    for (Map.Entry<String, AtomicLong> each : new TreeMap<>(counts).entrySet()) {
      System.out.println(each.getValue() + "\t" + each.getKey());
      bad += each.getKey().startsWith("WRONG") ? each.getValue().get() : 0;
    }
    System.exit(bad == 0 ? 0 : 1);
  }

  /** Speaks HTTP/2 and takes any certificate: the one of a soak is made for it. */
  private static HttpClient trusting() throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new Credulous()}, null);
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(tls).build();
  }

  private void live(long end, Map<String, AtomicLong> counts) {
    Map<String, Deed> deeds = http2 ? deedsOfHttp2() : deeds();
    List<String> names = List.copyOf(deeds.keySet());
    while (System.nanoTime() < end) {
      String name = names.get(random.nextInt(names.size()));
      String outcome;
      try {
        outcome = deeds.get(name).run();
      } catch (Exception e) {
        outcome = e instanceof IOException ? "broken off" : e.getClass().getSimpleName();
      }
      boolean owed = name.endsWith("get") || name.endsWith("delay");
      String wrong = outcome.startsWith("WRONG") || (owed && !outcome.equals("ok")) ? "WRONG " : "";
      counts.computeIfAbsent(wrong + name + ": " + outcome, k -> new AtomicLong()).incrementAndGet();
    }
  }

  private Map<String, Deed> deedsOfHttp2() {
    Map<String, Deed> deeds = new TreeMap<>();
    deeds.put("h2 get", () -> text("/", "Hello from "));
    deeds.put("h2 delay", () -> text("/delay/" + random.nextInt(80), ""));
    deeds.put("h2 bytes", this::bytes);
    deeds.put("h2 echo", this::echo);
    deeds.put("h2 events", this::events);
    deeds.put("h2 cancels while it reads", () -> cancel("/bytes/5000000"));
    deeds.put("h2 cancels while it waits", () -> cancel("/delay/5000"));
    return deeds;
  }

  private String cancel(String path) throws Exception {
    CompletableFuture<?> answer = http.sendAsync(to(path).build(), BodyHandlers.ofByteArray());
    Thread.sleep(random.nextInt(50));
    return answer.cancel(true) ? "left" : "done before";
  }

  private Map<String, Deed> deeds() {
    Map<String, Deed> deeds = new TreeMap<>();
    deeds.put("get", () -> text("/", "Hello from "));
    deeds.put("delay", () -> text("/delay/" + random.nextInt(80), ""));
    deeds.put("bytes", this::bytes);
    deeds.put("echo", this::echo);
    deeds.put("events", this::events);
    deeds.put("websocket", this::websocket);
    deeds.put("leaves while it reads", () -> leave("GET /bytes/5000000 HTTP/1.1\r\nHost: a\r\n\r\n", 1));
    deeds.put("leaves while it waits", () -> leave("GET /delay/5000 HTTP/1.1\r\nHost: a\r\n\r\n", 0));
    deeds.put("leaves while it sends", () -> leave("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nx", 0));
    deeds.put("resets", this::reset);
    deeds.put("slow reader", this::slow);
    deeds.put("pipelines", this::pipeline);
    deeds.put("garbage", this::garbage);
    return deeds;
  }

  private HttpRequest.Builder to(String path) {
    String origin = (http2 ? "https" : "http") + "://127.0.0.1:" + port;
    return HttpRequest.newBuilder(URI.create(origin + path)).timeout(PATIENCE);
  }

  private String text(String path, String begins) throws Exception {
    HttpResponse<String> answer =
        http.send(to(path).header("Accept", "text/plain").build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      return "status " + answer.statusCode();
    }
    return answer.body().startsWith(begins) ? "ok" : "WRONG body " + answer.body();
  }

  private String bytes() throws Exception {
    int size = random.nextInt(2_000_000);
    HttpResponse<byte[]> answer = http.send(to("/bytes/" + size).build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      return "status " + answer.statusCode();
    }
    return answer.body().length == size ? "ok" : "WRONG length";
  }

  private String echo() throws Exception {
    int size = random.nextInt(noise.length);
    BodyPublisher known = BodyPublishers.ofByteArray(noise, 0, size);
    BodyPublisher body = random.nextBoolean() ? known : BodyPublishers.fromPublisher(known);
    HttpResponse<String> answer = http.send(to("/echo").POST(body).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      return "status " + answer.statusCode();
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(noise, 0, size);
    boolean same = answer.body().contains(HexFormat.of().formatHex(digest.digest()));
    return same ? "ok" : "WRONG digest";
  }

  private String events() throws Exception {
    HttpResponse<String> answer = http.send(to("/stream/5").build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      return "status " + answer.statusCode();
    }
    return answer.body().split("data:", -1).length == 6 ? "ok" : "WRONG number of events";
  }

  private String websocket() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + "/ws"),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                    heard.complete(text.toString());
                    from.request(1);
                    return null;
                  }

                  @Override
                  public void onError(WebSocket from, Throwable error) {
                    heard.completeExceptionally(error);
                  }

                  @Override
                  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                    heard.completeExceptionally(new IOException("closed"));
                    return null;
                  }
                })
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    String said = "message " + random.nextInt();
    try {
      socket.sendText(said, true);
      return heard.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).equals(said) ? "ok" : "WRONG message";
    } catch (java.util.concurrent.ExecutionException e) {
      return "broken off";
    } finally {
      if (random.nextBoolean()) {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
      } else {
        socket.abort();
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private String leave(String request, int read) throws Exception {
    try (Socket socket = connect()) {
      send(socket, request);
      socket.getInputStream().readNBytes(read);
      Thread.sleep(random.nextInt(50));
      return "left";
    }
  }

  private String reset() throws Exception {
    try (Socket socket = connect()) {
      socket.setSoLinger(true, 0);
      send(socket, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      Thread.sleep(random.nextInt(20));
      return "left";
    }
  }

  private String slow() throws Exception {
    try (Socket socket = connect()) {
      socket.setReceiveBufferSize(4096);
      send(socket, "GET /bytes/2000000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      InputStream in = socket.getInputStream();
      byte[] some = new byte[100_000];
      long got = 0;
      for (int n; (n = in.read(some)) >= 0; got += n) {
        Thread.sleep(5);
      }
      return got > 2_000_000 ? "ok" : "broken off";
    }
  }

  private String pipeline() throws Exception {
    try (Socket socket = connect()) {
      String get = "GET /bytes/10 HTTP/1.1\r\nHost: a\r\n";
      send(socket, (get + "\r\n").repeat(4) + get + "Connection: close\r\n\r\n");
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int answers = all.split("HTTP/1.1 200", -1).length - 1;
      return answers == 5 ? "ok" : answers > 5 ? "WRONG: more answers than requests" : "fewer answers";
    }
  }

  private String garbage() throws Exception {
    try (Socket socket = connect()) {
      byte[] some = new byte[1 + random.nextInt(2000)];
      random.nextBytes(some);
      socket.getOutputStream().write(some);
      socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.startsWith("HTTP/1.1 2") ? "WRONG: taken" : "refused";
    }
  }

  private static final class Credulous extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

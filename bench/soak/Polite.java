import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What a client does that keeps to the protocol, and how it ended: HTTP/1, HTTP/2 or a WebSocket. One thread. */
final class Polite {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http;
  private final String authority;
  private final Random random;
  private final byte[] noise = new byte[300_000];

  Polite(HttpClient http, int port, Random random) {
    this.http = http;
    this.authority = "127.0.0.1:" + port;
    this.random = random;
    random.nextBytes(noise);
  }

  Map<String, Deed> deeds() {
    Map<String, Deed> deeds = new TreeMap<>();
    deeds.put("get", () -> text("/", "Hello from "));
    deeds.put("delay", () -> text("/delay/" + random.nextInt(80), ""));
    deeds.put("bytes", this::bytes);
    deeds.put("echo", this::echo);
    deeds.put("events", this::events);
    if (isHttp2()) {
      deeds.put("cancels while it reads", () -> cancel("/bytes/5000000"));
      deeds.put("cancels while it waits", () -> cancel("/delay/5000"));
    } else {
      deeds.put("websocket", this::websocket);
    }
    return deeds;
  }

  private boolean isHttp2() {
    return http.version() == HttpClient.Version.HTTP_2;
  }

  private HttpRequest.Builder to(String path) {
    String scheme = isHttp2() ? "https://" : "http://";
    return HttpRequest.newBuilder(URI.create(scheme + authority + path)).timeout(PATIENCE);
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

  private String cancel(String path) throws Exception {
    CompletableFuture<?> answer = http.sendAsync(to(path).build(), BodyHandlers.ofByteArray());
    Thread.sleep(random.nextInt(50));
    return answer.cancel(true) ? "left" : "done before";
  }

  private String websocket() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://" + authority + "/ws"),
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
    } catch (ExecutionException e) {
      return "broken off";
    } finally {
      if (random.nextBoolean()) {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
      } else {
        socket.abort();
      }
    }
  }
}

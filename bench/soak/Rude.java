import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a client does that is slow, rude or broken, on a socket of its own, and how it ended. One thread. */
final class Rude {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final int port;
  private final Random random;

  Rude(int port, Random random) {
    this.port = port;
    this.random = random;
  }

  Map<String, Deed> deeds() {
    Map<String, Deed> deeds = new TreeMap<>();
    deeds.put("leaves while it reads", () -> leave("GET /bytes/5000000 HTTP/1.1\r\nHost: a\r\n\r\n", 1));
    deeds.put("leaves while it waits", () -> leave("GET /delay/5000 HTTP/1.1\r\nHost: a\r\n\r\n", 0));
    deeds.put("leaves while it sends", () -> leave("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nx", 0));
    deeds.put("resets", this::reset);
    deeds.put("slow reader", this::slow);
    deeds.put("pipelines", this::pipeline);
    deeds.put("garbage", this::garbage);
    return deeds;
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
}

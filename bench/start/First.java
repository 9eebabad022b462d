import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The first client of something that starts: asks until it is answered, then at once sends 1000
 * requests, 250 a second, over ten connections that it opens with the first request of each. A time
 * runs from the moment at which a request was due until its answer was read whole, so it has the
 * opening of a connection and the waiting behind earlier answers in it.
 *
 * <p>{@code java First HOST:PORT}: plays at that address first, which must be warm itself, until its
 * own code is warm too: or half of what it measures would be the start of itself. Then it says
 * "ready", and reads lines "HOST:PORT TOGETHER": requests come by so many at a time, 1 to 10. For
 * each it prints when the first answer came (ms since 1970) and the p50, p99 and longest time of the
 * requests after it (ms).
 */
public final class First {

  private static final int CONNECTIONS = 10;
  private static final int REQUESTS = 1000;
  private static final int RATE = 250;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final byte[] GET =
      "GET / HTTP/1.1\r\nHost: first\r\nAccept: text/plain\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress address;
  private final int rate;
  private final int together;
  private final long[] micros = new long[REQUESTS];

  private First(String to, int rate, int together) {
    int colon = to.lastIndexOf(':');
    this.address =
        new InetSocketAddress(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)));
    this.rate = rate;
    this.together = together;
  }

  public static void main(String[] args) throws Exception {
    for (int together : new int[] {1, 10, 1, 10}) {
      First warm = new First(args[0], RATE * 4, together);
      warm.awaitAnswer();
      warm.play();
    }
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      First first = new First(words[0], RATE, Integer.parseInt(words[1]));
      long answered = first.awaitAnswer();
      first.play();
      System.out.println(answered + " " + first.report());
    }
  }

  /** When the first answer came. */
  private long awaitAnswer() throws InterruptedException {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.setSoTimeout(1000);
        socket.connect(address, 1000);
        if (exchange(socket, new byte[8192]) == 200) {
          return System.currentTimeMillis();
        }
      } catch (IOException notYet) {
        // It starts.
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void play() throws Exception {
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      Future<?>[] all = new Future<?>[CONNECTIONS];
      for (int i = 0; i < CONNECTIONS; i++) {
        int number = i;
        all[i] = threads.submit(() -> connection(number, start));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  /** One connection: each tenth request. */
  private Void connection(int number, long start) throws IOException {
    byte[] buffer = new byte[8192];
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (int i = number; i < REQUESTS; i += CONNECTIONS) {
        long due = start + TimeUnit.SECONDS.toNanos(i - i % together) / rate;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        if (!socket.isConnected()) {
          socket.connect(address, PATIENCE_MILLIS);
        }
        int status = exchange(socket, buffer);
        if (status != 200) {
          throw new IOException("request " + i + " was answered " + status);
        }
        micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due);
      }
    }
    return null;
  }

  /** Sends a request and reads its answer, which has a Content-Length; the status. */
  private static int exchange(Socket socket, byte[] buffer) throws IOException {
    socket.getOutputStream().write(GET);
    for (int read = 0, more; ; read += more) {
      String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
      int head = text.indexOf("\r\n\r\n");
      if (head >= 0 && read >= head + 4 + length(text)) {
        return Integer.parseInt(text.substring(9, 12));
      }
      more = socket.getInputStream().read(buffer, read, buffer.length - read);
      if (more < 0) {
        throw new EOFException("cut");
      }
    }
  }

  private static int length(String text) {
    String name = "content-length: ";
    int at = text.toLowerCase().indexOf(name) + name.length();
    return Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
  }

  private String report() {
    long[] sorted = micros.clone();
    Arrays.sort(sorted);
    return String.format(
        "%.1f %.1f %.1f",
        sorted[REQUESTS / 2] / 1e3, sorted[REQUESTS * 99 / 100] / 1e3, sorted[REQUESTS - 1] / 1e3);
  }
}

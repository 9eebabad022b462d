import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An open-loop client: sends a request every 1/rate seconds whether or not earlier ones were
 * answered, as independent users do, over keep-alive connections, and gives up after ten seconds.
 * Latency runs from the moment at which a request was due, so a stalled answer can't hide the
 * requests behind it ("coordinated omission"). Nothing is ever retried.
 *
 * <p>{@code java Load URL RATE SECONDS POST-EVERY OUT}: each POST-EVERY-th request is a POST that
 * carries a number of its own (0: none). OUT gets a line for each request: number, GET or POST, due
 * time in ms since 1970, latency in µs, status or failure, the name in "Hello from NAME".
 */
public final class Load {

  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final InetSocketAddress address;
  private final String host;
  private final int postEvery;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

  private Load(URI url, int postEvery) {
    this.address = new InetSocketAddress(url.getHost(), url.getPort());
    this.host = url.getAuthority();
    this.postEvery = postEvery;
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 5) {
      System.err.println("usage: java Load URL RATE SECONDS POST-EVERY OUT");
      System.exit(2);
    }
    Load load = new Load(URI.create(args[0]), Integer.parseInt(args[3]));
    load.run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    try (PrintStream out = new PrintStream(args[4], StandardCharsets.UTF_8)) {
      load.outcomes.stream().sorted().forEach(out::println);
    }
  }

  private void run(int rate, int seconds) throws InterruptedException {
    var workers = Executors.newCachedThreadPool();
    long start = System.nanoTime();
    long startMillis = System.currentTimeMillis();
    for (int i = 0; i < rate * seconds; i++) {
      int number = i;
      long due = start + TimeUnit.SECONDS.toNanos(1) * i / rate;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      long dueMillis = startMillis + TimeUnit.NANOSECONDS.toMillis(due - start);
      workers.execute(() -> outcomes.add(request(number, due, dueMillis)));
    }
    workers.shutdown();
    workers.awaitTermination(GIVE_UP_NANOS * 2, TimeUnit.NANOSECONDS);
  }

  private Outcome request(int number, long due, long dueMillis) {
    boolean post = postEvery > 0 && number % postEvery == 0;
    String result;
    String who = "";
    try {
      Connection.Answer answer = exchange(post ? post(number) : get(), due + GIVE_UP_NANOS);
      result = Integer.toString(answer.status());
      who = answer.greeter();
    } catch (SocketTimeoutException e) {
      result = "timeout";
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      result =
          message.contains("refused") ? "refused" : e instanceof EOFException ? "cut" : "reset";
    }
    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due);
    return new Outcome(number, post ? "POST" : "GET", dueMillis, micros, result, who);
  }

  private String get() {
    return "GET / HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/plain\r\n\r\n";
  }

  private String post(int number) {
    String body = "order " + number;
    return "POST /echo?n="
        + number
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\nContent-Type: text/plain\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private Connection.Answer exchange(String request, long deadline) throws IOException {
    Connection connection = connection(deadline);
    try {
      Connection.Answer answer = connection.exchange(request, deadline);
      if (answer.reusable()) {
        idle.push(connection);
      } else {
        connection.close();
      }
      return answer;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  private Connection connection(long deadline) throws IOException {
    for (Connection c = idle.poll(); c != null; c = idle.poll()) {
      if (c.alive()) {
        return c;
      }
      c.close();
    }
    return new Connection(address, deadline);
  }

  /** One line of the result. */
  private record Outcome(
      int number, String method, long dueMillis, long micros, String result, String who)
      implements Comparable<Outcome> {
    @Override
    public int compareTo(Outcome other) {
      return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
      return number + "," + method + "," + dueMillis + "," + micros + "," + result + "," + who;
    }
  }
}

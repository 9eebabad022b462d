import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Clients of every kind for a while: polite, slow, rude and broken ones, against the demo upstream behind a proxy; some of
 * them over HTTP/2 and TLS, each on a connection of its own. Prints what happened how often; fails when an answer looked
 * whole and was wrong, or a GET that may be repeated was failed.
 *
 * <pre>java -cp CLASSES Soak PORT TLS_PORT SECONDS SEED</pre>
 */
public final class Soak {

  private static final int CLIENTS = 16;
  private static final int HTTP2_CLIENTS = 8;

  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final long end;

  private Soak(long seconds) {
    this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int tlsPort = Integer.parseInt(args[1]);
    Soak soak = new Soak(Long.parseLong(args[2]));
    long seed = Long.parseLong(args[3]);
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS + HTTP2_CLIENTS; i++) {
      Random random = new Random(seed + i);
      Map<String, Deed> deeds = i < CLIENTS ? http1(http, port, random) : http2(tlsPort, random);
      Thread thread = new Thread(() -> soak.live(deeds, random), "client-" + i);
      thread.start();
      clients.add(thread);
    }
    for (Thread thread : clients) {
      thread.join();
    }
    System.exit(soak.isWell() ? 0 : 1);
  }

  private static Map<String, Deed> http1(HttpClient http, int port, Random random) {
    Map<String, Deed> deeds = new TreeMap<>(new Polite(http, port, random).deeds());
    deeds.putAll(new Rude(port, random).deeds());
    return deeds;
  }

  /** Over a connection of its own. */
  private static Map<String, Deed> http2(int tlsPort, Random random) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new Credulous()}, null);
    HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(tls).build();
    Map<String, Deed> deeds = new TreeMap<>();
    new Polite(http, tlsPort, random).deeds().forEach((name, deed) -> deeds.put("h2 " + name, deed));
    return deeds;
  }

  private void live(Map<String, Deed> deeds, Random random) {
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

  /** Prints all of it. */
  private boolean isWell() {
    new TreeMap<>(counts).forEach((what, times) -> System.out.println(times + "\t" + what));
    return counts.keySet().stream().noneMatch(what -> what.startsWith("WRONG"));
  }
}

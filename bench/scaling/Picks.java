import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.proxy.balance.RequestFacts;
import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.balance.StickyKey;
import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Nanoseconds of a pick, policy by policy, among candidates of which each has some requests in
 * flight and a latency of its own. Keys are those of 4096 clients.
 */
final class Picks {

  static final List<String> PLAIN =
      List.of("round-robin", "least-requests", "power-of-two", "peak-ewma", "random", "sticky");
  static final List<String> HASH = List.of("ip-hash", "hash:header:x-key", "hash:path");

  private static final int CLIENTS = 4096;
  private static final long SLICE = 150_000_000;

  private final Request[] requests = new Request[CLIENTS];
  private final SelectionPolicy sticky = policy("sticky");

  private Picks(Candidates candidates) {
    Random random = new Random(7);
    for (int i = 0; i < CLIENTS; i++) {
      Upstream home = candidates.get(random.nextInt(candidates.size()));
      String cookie = sticky.setCookie(RequestFacts.NONE, home);
      requests[i] =
          new Request(
              "198.51." + i / 250 + "." + i % 250,
              "/things/" + i + "?all",
              "key-" + i,
              "theme=dark; " + (cookie == null ? "" : cookie.substring(0, cookie.indexOf(';'))));
    }
  }

  /** By policy; the candidates' traffic is left as it was found. */
  static Map<String, Double> measure(Candidates candidates) {
    Random random = new Random(42);
    int[] opened = new int[candidates.size()];
    for (int i = 0; i < opened.length; i++) {
      opened[i] = random.nextInt(3);
      for (int n = 0; n < opened[i]; n++) {
        candidates.get(i).traffic().opened();
      }
      candidates.get(i).traffic().answered(200, 1_000_000 + random.nextInt(5_000_000));
    }
    Picks picks = new Picks(candidates);
    Map<String, Double> nanos = new LinkedHashMap<>();
    for (String name : PLAIN) {
      nanos.put(name, picks.nanos(name.equals("sticky") ? picks.sticky : policy(name), candidates));
    }
    for (String name : HASH) {
      nanos.put(name, picks.nanos(policy(name), candidates));
    }
    for (int i = 0; i < opened.length; i++) {
      for (int n = 0; n < opened[i]; n++) {
        candidates.get(i).traffic().closed();
      }
    }
    return nanos;
  }

  private static SelectionPolicy policy(String setting) {
    return new Policies(StickyKey.of(null)).create(setting, "hello");
  }

  /** The best of five slices, after one pick of each client. */
  private double nanos(SelectionPolicy policy, Candidates candidates) {
    double best = Double.MAX_VALUE;
    int met = 0;
    for (int i = 0; i < CLIENTS; i++) {
      met += pick(policy, candidates, i);
    }
    for (int slice = 0; slice < 5; slice++) {
      long begun = System.nanoTime();
      long picks = 0;
      long took;
      do {
        for (int i = 0; i < 64; i++) {
          met += pick(policy, candidates, (int) picks++);
        }
        took = System.nanoTime() - begun;
      } while (took < SLICE);
      best = Math.min(best, (double) took / picks);
    }
    if (met == 0) {
      throw new IllegalStateException("nobody was picked");
    }
    return best;
  }

  private int pick(SelectionPolicy policy, Candidates candidates, int client) {
    Upstream chosen = policy.select(candidates, requests[client & CLIENTS - 1], Set.of());
    return chosen == null ? 0 : 1;
  }

  private record Request(String clientAddress, String target, String key, String cookie)
      implements RequestFacts {

    @Override
    public String header(String name) {
      return name.equals("cookie") ? cookie : key;
    }
  }
}

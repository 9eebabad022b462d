import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What clients saw of a fault, from {@link Load}'s file and the upstreams' journals.
 *
 * <p>{@code java Verdict LOAD JOURNALS FAULT-MS [NAME=SINCE-MS …]}: counts requests that were due
 * from FAULT-MS on. JOURNALS is a directory with a file for each container, in which a line {@code
 * … arrived POST /echo?n=17} stands for a request that reached it. NAME=SINCE-MS asks how long
 * after SINCE-MS this instance was first heard answering; the longest of them is told.
 *
 * <p>Prints {@code key=value} words for the shell that runs the faults.
 */
public final class Verdict {

  private record Request(
      int number, boolean post, long due, long micros, String result, String who) {
    static Request parse(String line) {
      String[] f = line.split(",", -1);
      return new Request(
          Integer.parseInt(f[0]),
          f[1].equals("POST"),
          Long.parseLong(f[2]),
          Long.parseLong(f[3]),
          f[4],
          f[5]);
    }

    boolean ok() {
      return result.startsWith("2");
    }

    long answeredAt() {
      return due + micros / 1000;
    }
  }

  private Verdict() {}

  public static void main(String[] args) throws IOException {
    List<Request> all = Files.readAllLines(Path.of(args[0])).stream().map(Request::parse).toList();
    long fault = Long.parseLong(args[2]);
    List<Request> gets = all.stream().filter(r -> !r.post && r.due >= fault).toList();
    List<Request> posts = all.stream().filter(r -> r.post).toList();
    Map<Integer, Integer> arrivals = arrivals(Path.of(args[1]));
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("gets", gets.size());
    words.put("failed", count(gets, r -> !r.ok()));
    words.put("over500", count(gets, r -> r.micros > 500_000));
    words.put("over1000", count(gets, r -> r.micros > 1_000_000));
    words.put("worst", gets.stream().mapToLong(r -> r.micros / 1000).max().orElse(0));
    words.put(
        "noticed",
        gets.stream()
            .filter(r -> !r.ok() || r.micros > 500_000)
            .mapToLong(r -> r.answeredAt() - fault)
            .max()
            .orElse(0));
    words.put("why", reasons(gets));
    words.put("used", used(all, List.of(args).subList(3, args.length)));
    words.put("posts", posts.size());
    words.put("unanswered", count(posts, r -> !r.ok()));
    words.put("twice", arrivals.values().stream().filter(n -> n > 1).count());
    words.put("missing", count(posts, r -> r.ok() && !arrivals.containsKey(r.number)));
    System.out.println(
        words.entrySet().stream()
            .map(w -> w.getKey() + "=" + w.getValue())
            .collect(Collectors.joining(" ")));
  }

  private static long count(List<Request> requests, Predicate<Request> which) {
    return requests.stream().filter(which).count();
  }

  private static String reasons(List<Request> requests) {
    Set<String> reasons =
        requests.stream()
            .filter(r -> !r.ok())
            .map(Request::result)
            .collect(Collectors.toCollection(TreeSet::new));
    return reasons.isEmpty() ? "-" : String.join("/", reasons);
  }

  /**
   * Milliseconds until the last of these instances was heard; -1 if one never was; empty if none is
   * asked for.
   */
  private static String used(List<Request> requests, List<String> since) {
    List<Long> waits = new ArrayList<>();
    for (String word : since) {
      String name = word.substring(0, word.indexOf('='));
      long start = Long.parseLong(word.substring(word.indexOf('=') + 1));
      waits.add(
          requests.stream()
              .filter(r -> r.ok() && r.who.equals(name) && r.answeredAt() >= start)
              .mapToLong(r -> r.answeredAt() - start)
              .min()
              .orElse(-1));
    }
    if (waits.isEmpty()) {
      return "";
    }
    return waits.contains(-1L)
        ? "-1"
        : Long.toString(waits.stream().mapToLong(w -> w).max().getAsLong());
  }

  private static Map<Integer, Integer> arrivals(Path journals) throws IOException {
    Map<Integer, Integer> arrivals = new HashMap<>();
    try (Stream<Path> files = Files.list(journals)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          if (line.contains("arrived POST /echo?n=")) {
            arrivals.merge(
                Integer.parseInt(line.substring(line.lastIndexOf('=') + 1).trim()),
                1,
                Integer::sum);
          }
        }
      }
    }
    return arrivals;
  }
}

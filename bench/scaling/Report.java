import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code Report RESULTS SVG}: a Markdown table of the results, and the picture of it. */
final class Report {

  private static final List<String> PLAIN =
      List.of("round-robin", "least-requests", "power-of-two", "peak-ewma", "random", "sticky");
  private static final List<String> HASH = List.of("ip-hash", "hash:header:x-key", "hash:path");

  private final Map<String, Map<Integer, Double>> values = new TreeMap<>();
  private final TreeSet<Integer> sizes = new TreeSet<>();

  public static void main(String[] args) throws IOException {
    Report report = new Report(Path.of(args[0]));
    report.print();
    Files.writeString(Path.of(args[1]), report.picture());
  }

  private Report(Path results) throws IOException {
    for (String line : Files.readAllLines(results)) {
      String[] words = line.split(" ");
      int size = Integer.parseInt(words[1]);
      sizes.add(size);
      values
          .computeIfAbsent(words[0] + " " + words[2], name -> new TreeMap<>())
          .put(size, Double.parseDouble(words[3]));
    }
  }

  private void print() {
    StringBuilder head = new StringBuilder("| instances |");
    StringBuilder rule = new StringBuilder("|---|");
    for (int size : sizes) {
      head.append(' ').append(spaced(size)).append(" |");
      rule.append("---|");
    }
    System.out.println(head.append(" goal |"));
    System.out.println(rule.append("---|"));
    for (String policy : PLAIN) {
      row("a pick, " + policy, "100 ns", "%.0f ns", fastest(policy));
    }
    for (String policy : HASH) {
      row("a pick, " + policy.replace("x-key", "NAME"), "1 µs", "%.0f ns", fastest(policy));
    }
    for (String registry : List.of("memory", "hazelcast")) {
      String where = registry.equals("memory") ? ", registry in memory" : ", Hazelcast";
      pair("joins until it takes requests, p50 / p99" + where, "50 ms", registry, "join");
      pair("leaves until nobody chooses it, p50 / p99" + where, "50 ms", registry, "leave");
      row("heartbeats a second" + where, "", "%.0f", of(registry, "beats"));
      row("CPU of the control thread" + where, "", "%.1f %%", of(registry, "control"));
      if (registry.equals("hazelcast")) {
        row("CPU of proxy and member at rest, all threads", "15 % for heartbeats", "%.1f %%", of(registry, "process"));
        row("heap an instance", "5 KB", "%.1f KB", of(registry, "memory"));
      }
    }
  }

  private Map<Integer, Double> of(String registry, String name) {
    return values.getOrDefault(registry + " " + name, Map.of());
  }

  /** Picks know no registry: the run that was disturbed less counts. */
  private Map<Integer, Double> fastest(String policy) {
    Map<Integer, Double> fastest = new TreeMap<>(of("memory", policy));
    of("hazelcast", policy).forEach((size, nanos) -> fastest.merge(size, nanos, Math::min));
    return fastest;
  }

  private Map<Integer, Double> slowest(List<String> policies) {
    Map<Integer, Double> slowest = new TreeMap<>();
    policies.forEach(p -> fastest(p).forEach((size, n) -> slowest.merge(size, n, Math::max)));
    return slowest;
  }

  private void row(String title, String goal, String format, Map<Integer, Double> row) {
    if (row.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder("| ").append(title).append(" |");
    for (int size : sizes) {
      Double value = row.get(size);
      boolean known = value != null && (value >= 0 && size >= 1000 || !title.startsWith("heap"));
      line.append(' ').append(known ? text(format, value) : "").append(" |");
    }
    System.out.println(line.append(' ').append(goal).append(" |"));
  }

  private void pair(String title, String goal, String registry, String name) {
    StringBuilder line = new StringBuilder("| ").append(title).append(" |");
    for (int size : sizes) {
      Double middle = of(registry, name + "-p50").get(size);
      Double worst = of(registry, name + "-p99").get(size);
      line.append(middle == null ? " |" : text(" %.1f / %.1f ms |", middle, worst));
    }
    if (!of(registry, name + "-p50").isEmpty()) {
      System.out.println(line.append(' ').append(goal).append(" |"));
    }
  }

  private static String spaced(int size) {
    return String.format(Locale.ROOT, "%,d", size).replace(',', ' ');
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private String picture() {
    String best = of("hazelcast", "beats").isEmpty() ? "memory" : "hazelcast";
    Plot plot = new Plot(new ArrayList<>(sizes));
    plot.panel("a pick", "ns", true, Map.of("others", 100.0, "by hash", 1000.0))
        .line("by hash", slowest(HASH))
        .line("others", slowest(PLAIN));
    plot.panel("join and leave seen, p99", "ms", false, Map.of("", 50.0))
        .line("join", of(best, "join-p99"))
        .line("leave", of(best, "leave-p99"));
    plot.panel("heartbeats and all else at rest", "% of a core", false, Map.of("", 15.0))
        .line("all threads", of(best, best.equals("memory") ? "control" : "process"))
        .line("roll and probes", of(best, "control"));
    Map<Integer, Double> memory = new TreeMap<>(of(best, "memory"));
    memory.keySet().removeIf(size -> size < 1000);
    plot.panel("heap an instance", "KB", false, Map.of("", 5.0)).line("", memory);
    return plot.svg();
  }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file of {@code registry size name value} lines, which {@link Report} reads. */
final class Results {

  private final Path file;

  Results(Path file) {
    this.file = file;
  }

  void add(
      String registry,
      int size,
      Map<String, Double> picks,
      List<Double> joins,
      List<Double> leaves,
      double beats,
      double control,
      double process,
      double memory,
      double grown)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    picks.forEach((policy, nanos) -> line(lines, registry, size, policy, nanos));
    line(lines, registry, size, "join-p50", rank(joins, 0.5));
    line(lines, registry, size, "join-p99", rank(joins, 0.99));
    line(lines, registry, size, "leave-p50", rank(leaves, 0.5));
    line(lines, registry, size, "leave-p99", rank(leaves, 0.99));
    line(lines, registry, size, "beats", beats);
    line(lines, registry, size, "control", control);
    line(lines, registry, size, "process", process);
    line(lines, registry, size, "memory", memory);
    line(lines, registry, size, "grown", grown);
    Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.err.print(lines);
  }

  private static void line(StringBuilder to, String registry, int size, String name, double v) {
    to.append(String.format(Locale.ROOT, "%s %d %s %.3f%n", registry, size, name, v));
  }

  /** The worst of 60 stands for their 99th percentile. */
  private static double rank(List<Double> values, double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
  }
}

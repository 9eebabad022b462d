package dev.rollcall.proxy.admin;

import dev.rollcall.proxy.roll.LatencyCounts;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One page of metrics in the text format of Prometheus, version 0.0.4. Refuses names against its
 * conventions: base units, counters end in {@code _total}, each family once. Not thread-safe.
 */
public final class MetricsPage {

  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Pattern NAME = Pattern.compile("rollcall(_[a-z0-9]+)+");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]*");

  /** Milliseconds; each is an exact bound of {@link dev.rollcall.proxy.roll.LatencyHistogram}. */
  private static final List<BigDecimal> BOUNDS =
      List.of(1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1e3, 2.5e3, 5e3, 1e4, 3e4)
          .stream()
          .map(BigDecimal::valueOf)
          .toList();

  private final StringBuilder text = new StringBuilder(16 * 1024);
  private final Set<String> names = new HashSet<>();

  /** A number that only rises, until the process starts again. */
  public Family counter(String name, String help) {
    require(name.endsWith("_total"), name, "counters end in _total");
    return family(name, "counter", help);
  }

  /** A number that rises and falls. */
  public Family gauge(String name, String help) {
    require(!name.endsWith("_total"), name, "only counters end in _total");
    return family(name, "gauge", help);
  }

  /** How long something takes, in seconds. */
  public Family histogram(String name, String help) {
    require(name.endsWith("_seconds"), name, "durations are in seconds");
    return family(name, "histogram", help);
  }

  private Family family(String name, String type, String help) {
    require(NAME.matcher(name).matches(), name, "names are rollcall_and_words");
    require(names.add(name), name, "each family comes once");
    text.append("# HELP ").append(name).append(' ');
    text.append(help.replace("\\", "\\\\").replace("\n", "\\n"));
    text.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    return new Family(name);
  }

  private static void require(boolean holds, String name, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("metric " + name + " (expected: " + rule + ")");
    }
  }

  String text() {
    return text.toString();
  }

  /** The samples of one name; labels are pairs of name and value. */
  public final class Family {

    private final String name;

    private Family(String name) {
      this.name = name;
    }

    public Family sample(double value, String... labels) {
      line("", value, labels);
      return this;
    }

    /** Cumulative buckets, sum and count of a histogram. */
    public Family sample(LatencyCounts counts, String... labels) {
      for (BigDecimal millis : BOUNDS) {
        long bound = millis.movePointRight(6).longValueExact();
        String le = millis.movePointLeft(3).stripTrailingZeros().toPlainString();
        line("_bucket", counts.atMost(bound), with(labels, le));
      }
      line("_bucket", counts.total(), with(labels, "+Inf"));
      line("_sum", counts.sumNanos() / 1e9, labels);
      line("_count", counts.total(), labels);
      return this;
    }

    private void line(String suffix, double value, String... labels) {
      text.append(name).append(suffix);
      for (int i = 0; i < labels.length; i += 2) {
        require(LABEL.matcher(labels[i]).matches(), labels[i], "a label's name");
        text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
        text.append(escaped(labels[i + 1])).append('"');
      }
      text.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
    }

    private static String[] with(String[] labels, String le) {
      String[] all = Arrays.copyOf(labels, labels.length + 2);
      all[labels.length] = "le";
      all[labels.length + 1] = le;
      return all;
    }

    private static String escaped(String value) {
      return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }
}

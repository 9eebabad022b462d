package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text format of Prometheus as strictly as {@code promtool check metrics} does: HELP and
 * TYPE before the samples of a family, families whole and once, no series twice, counters named and
 * only rising from 0, histograms cumulative with +Inf equal to their count.
 */
final class PrometheusText {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)(?:\\{(.*)})? ([-+0-9.eE]+|NaN|[-+]Inf)");
  private static final Pattern LABEL =
      Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();

  static PrometheusText read(String text) {
    assertThat(text).endsWith("\n").doesNotContain("\r");
    PrometheusText page = new PrometheusText();
    Set<String> helped = new HashSet<>();
    String family = "";
    for (String line : text.split("\n")) {
      if (line.startsWith("# HELP ")) {
        family = line.split(" ", 4)[2];
        assertThat(helped.add(family)).as("HELP of %s once", family).isTrue();
        assertThat(line.split(" ", 4)[3]).as("help of %s", family).isNotBlank();
      } else if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ");
        assertThat(words[2]).isEqualTo(family);
        assertThat(words[3]).isIn("counter", "gauge", "histogram");
        assertThat(page.types.put(family, words[3])).as("TYPE of %s once", family).isNull();
      } else {
        page.sample(family, line);
      }
    }
    page.checkNames();
    page.checkHistograms();
    return page;
  }

  double value(String series) {
    assertThat(samples).containsKey(series);
    return samples.get(series);
  }

  Set<String> families() {
    return types.keySet();
  }

  Map<String, Double> samples() {
    return samples;
  }

  private void sample(String family, String line) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as("a sample: %s", line).isTrue();
    String name = sample.group(1);
    assertThat(types).as("TYPE before %s", line).containsKey(family);
    if (types.get(family).equals("histogram")) {
      assertThat(name).isIn(family + "_bucket", family + "_sum", family + "_count");
    } else {
      assertThat(name).isEqualTo(family);
    }
    String series = line.substring(0, line.lastIndexOf(' '));
    if (sample.group(2) != null) {
      checkLabels(sample.group(2));
    }
    assertThat(samples.put(series, Double.parseDouble(sample.group(3).replace("Inf", "Infinity"))))
        .as("once: %s", series)
        .isNull();
  }

  private static void checkLabels(String labels) {
    Set<String> names = new HashSet<>();
    Matcher label = LABEL.matcher(labels);
    int end = 0;
    while (label.find() && label.start() == end) {
      assertThat(names.add(label.group(1))).as("label once in %s", labels).isTrue();
      end = label.end();
    }
    assertThat(end).as("labels: %s", labels).isEqualTo(labels.length());
  }

  private void checkNames() {
    types.forEach(
        (name, type) -> {
          assertThat(name).startsWith("rollcall_");
          assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
          assertThat(name).doesNotContain("milli").doesNotContain("_ms").doesNotContain("nanos");
        });
    samples.forEach(
        (series, value) -> {
          if (series.contains("_total")) {
            assertThat(value).as(series).isNotNegative();
          }
        });
  }

  private void checkHistograms() {
    Map<String, List<Double>> buckets = new HashMap<>();
    Map<String, List<Double>> bounds = new HashMap<>();
    Pattern le = Pattern.compile(",?le=\"([^\"]+)\"");
    samples.forEach(
        (series, value) -> {
          Matcher bound = le.matcher(series);
          if (bound.find()) {
            String key = bound.replaceFirst("").replace("_bucket", "");
            buckets.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
            bounds
                .computeIfAbsent(key, k -> new ArrayList<>())
                .add(Double.parseDouble(bound.group(1).replace("Inf", "Infinity")));
          }
        });
    buckets.forEach(
        (key, counts) -> {
          assertThat(counts).as("cumulative: %s", key).isSorted();
          assertThat(bounds.get(key)).isSorted().doesNotHaveDuplicates();
          assertThat(bounds.get(key)).endsWith(Double.POSITIVE_INFINITY);
          assertThat(counts.get(counts.size() - 1)).isEqualTo(value(key.replace("{", "_count{")));
          assertThat(samples).containsKey(key.replace("{", "_sum{"));
        });
  }
}

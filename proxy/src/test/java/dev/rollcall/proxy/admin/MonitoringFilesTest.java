package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.Scrape;
import dev.rollcall.proxy.health.NamedUpstream;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What examples/monitoring and docs/metrics.md ask Prometheus for is there. */
class MonitoringFilesTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();
  private static final Path ALERTS = ROOT.resolve("examples/monitoring/alerts.yml");
  private static final Path GRAFANA = ROOT.resolve("examples/monitoring/grafana/rollcall.json");
  private static final Pattern NAME = Pattern.compile("rollcall_[a-z0-9_]+");
  private static final Pattern LABELS =
      Pattern.compile("\\b(?:by|without) ?\\(([^)]*)\\)|\\{([^{}]*)}");

  private static final Pattern VALUES = Pattern.compile("(\\w+)=~?\"([^\"]*)\"");

  /** What Prometheus adds itself to each series. */
  private static final Set<String> ITS_OWN = Set.of("job", "instance", "le");

  private static PrometheusText page;

  @BeforeAll
  static void scrape() throws Exception {
    page =
        PrometheusText.read(
            Scrape.of(
                new NamedUpstream("web", new Endpoint("127.0.0.1", 9), Protocol.HTTP),
                new NamedUpstream("web", new Endpoint("127.0.0.2", 9), Protocol.HTTP)));
  }

  @Test
  void everyNameExists() throws IOException {
    for (Path file : List.of(ALERTS, GRAFANA, ROOT.resolve("docs/metrics.md"))) {
      Matcher name = NAME.matcher(Files.readString(file));
      int found = 0;
      while (name.find()) {
        found++;
        assertThat(page.families())
            .as("%s names %s", file, name.group())
            .containsAnyOf(name.group(), name.group().replaceAll("_(bucket|sum|count)$", ""));
      }
      assertThat(found).as("names in %s", file).isGreaterThan(8);
    }
  }

  @Test
  void everyLabelExists() throws IOException {
    Set<String> known = new TreeSet<>(ITS_OWN);
    page.samples().keySet().forEach(series -> known.addAll(labelsOf(series)));

    for (String expression : expressions()) {
      assertThat(known).as(expression).containsAll(labelsOf(expression));
    }
  }

  /** An alert on a word that no series has is an alert that never comes. */
  @Test
  void everyValueExists() throws IOException {
    Set<String> known = new TreeSet<>(Set.of("job=rollcall"));
    page.samples().keySet().forEach(series -> known.addAll(valuesOf(series)));

    Set<String> asked = new TreeSet<>();
    for (String expression : expressions()) {
      asked.addAll(valuesOf(expression));
    }
    assertThat(asked).contains("state=ejected", "reason=overload", "code=5xx");
    assertThat(known).containsAll(asked);
  }

  @Test
  void everyAlertSaysWhatToDo() throws IOException {
    List<Map<String, Object>> rules = rules();
    assertThat(rules).extracting(rule -> rule.get("alert")).doesNotHaveDuplicates();
    for (Map<String, Object> rule : rules) {
      assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
      assertThat((Map<?, ?>) rule.get("labels")).extracting("severity").isNotNull();
      assertThat(((Map<?, ?>) rule.get("annotations")).keySet())
          .asString()
          .contains("summary", "description");
    }
  }

  /** Labels must not grow with clients, requests or restarts. */
  @Test
  void labelsAreBounded() {
    Set<String> used = new TreeSet<>();
    page.samples().keySet().forEach(series -> used.addAll(labelsOf(series)));

    assertThat(used)
        .isSubsetOf("service", "upstream", "state", "code", "reason", "le", "version", "java");
  }

  private static Set<String> labelsOf(String expression) {
    Set<String> labels = new TreeSet<>();
    Matcher clause = LABELS.matcher(expression);
    while (clause.find()) {
      String inside = clause.group(1) == null ? clause.group(2) : clause.group(1);
      for (String part : inside.replaceAll("\"(\\\\.|[^\"])*\"", "").split(",")) {
        labels.add(part.replaceAll("[=~! ]", ""));
      }
    }
    labels.remove("");
    return labels;
  }

  /** As {@code label=value}, one for each word of {@code =~"one|other"}. */
  private static Set<String> valuesOf(String expression) {
    Set<String> values = new TreeSet<>();
    Matcher match = VALUES.matcher(expression);
    while (match.find()) {
      for (String word : match.group(2).split("\\|")) {
        values.add(match.group(1) + "=" + word);
      }
    }
    values.removeIf(value -> value.contains("$"));
    return values;
  }

  private static List<String> expressions() throws IOException {
    List<String> all = new ArrayList<>();
    rules().forEach(rule -> all.add(String.valueOf(rule.get("expr"))));
    JsonObject dashboard = new JsonObject(Files.readString(GRAFANA));
    for (Object panel : dashboard.getJsonArray("panels")) {
      for (Object target : ((JsonObject) panel).getJsonArray("targets")) {
        all.add(((JsonObject) target).getString("expr"));
      }
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rules() throws IOException {
    Object file = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTS));
    List<Map<String, Object>> groups =
        (List<Map<String, Object>>) ((Map<String, Object>) file).get("groups");
    return groups.stream()
        .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
        .toList();
  }
}

package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Reading;
import dev.rollcall.upstream.UpstreamOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests hold together, and say what our programs understand. */
class KubernetesExampleTest {

  private static final Path FOLDER = Path.of("../examples/kubernetes");
  private static final Set<String> KINDS =
      Set.of("Service", "Deployment", "PodDisruptionBudget", "NetworkPolicy");

  @TempDir Path temporary;

  private final List<JsonObject> all = read();

  private static List<JsonObject> read() {
    List<JsonObject> documents = new ArrayList<>();
    Load yaml = new Load(LoadSettings.builder().build());
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        for (Object document : yaml.loadAllFromString(Files.readString(file))) {
          documents.add(json(document));
        }
      }
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
    return documents;
  }

  private static JsonObject json(Object document) {
    Map<String, Object> copy = new LinkedHashMap<>();
    ((Map<?, ?>) document).forEach((key, value) -> copy.put(String.valueOf(key), value));
    return new JsonObject(new JsonObject(copy).encode());
  }

  private Stream<JsonObject> of(String kind) {
    return all.stream().filter(one -> kind.equals(one.getString("kind")));
  }

  private static String name(JsonObject one) {
    return one.getJsonObject("metadata").getString("name");
  }

  private static JsonObject spec(JsonObject one) {
    return one.getJsonObject("spec");
  }

  private static JsonObject pod(JsonObject deployment) {
    return spec(deployment).getJsonObject("template");
  }

  private static List<JsonObject> objects(JsonObject holder, String key) {
    return holder.getJsonArray(key, new JsonArray()).stream().map(o -> (JsonObject) o).toList();
  }

  private static List<JsonObject> containers(JsonObject deployment) {
    return objects(spec(pod(deployment)), "containers");
  }

  private static Set<String> ports(JsonObject deployment) {
    Set<String> names = new HashSet<>();
    containers(deployment)
        .forEach(c -> objects(c, "ports").forEach(port -> names.add(port.getString("name"))));
    return names;
  }

  /** The deployments whose pods have all of these labels. */
  private List<JsonObject> selected(JsonObject labels) {
    return of("Deployment")
        .filter(
            one -> {
              JsonObject own = pod(one).getJsonObject("metadata").getJsonObject("labels");
              return labels.stream().allMatch(l -> l.getValue().equals(own.getValue(l.getKey())));
            })
        .toList();
  }

  @Test
  void needNoRightsAndHaveNothingThatIsNotMeant() {
    assertThat(all).hasSizeGreaterThan(5);
    assertThat(all).allMatch(one -> KINDS.contains(one.getString("kind")));
    of("Deployment")
        .forEach(
            one -> {
              JsonObject pod = spec(pod(one));
              assertThat(pod.getBoolean("enableServiceLinks")).as(name(one)).isFalse();
              assertThat(pod.getBoolean("automountServiceAccountToken")).as(name(one)).isFalse();
              assertThat(pod.containsKey("serviceAccountName")).as(name(one)).isFalse();
            });
  }

  @Test
  void everySelectorFindsItsPods() {
    of("Deployment")
        .forEach(
            one ->
                assertThat(
                        selected(spec(one).getJsonObject("selector").getJsonObject("matchLabels")))
                    .as(name(one))
                    .containsExactly(one));
    of("PodDisruptionBudget")
        .forEach(
            one ->
                assertThat(
                        selected(spec(one).getJsonObject("selector").getJsonObject("matchLabels")))
                    .as(name(one))
                    .hasSize(1));
    of("NetworkPolicy")
        .forEach(
            one ->
                assertThat(
                        selected(
                            spec(one).getJsonObject("podSelector").getJsonObject("matchLabels")))
                    .as(name(one))
                    .hasSize(1));
  }

  @Test
  void everyServiceLeadsToAPortThatThereIs() {
    of("Service")
        .forEach(
            one -> {
              List<JsonObject> pods = selected(spec(one).getJsonObject("selector"));
              assertThat(pods).as(name(one)).hasSize(1);
              for (JsonObject port : objects(spec(one), "ports")) {
                assertThat(ports(pods.get(0))).contains(port.getString("targetPort"));
              }
            });
    JsonObject cluster =
        of("Service").filter(one -> name(one).equals("rollcall-cluster")).findFirst().orElseThrow();
    assertThat(spec(cluster).getString("clusterIP")).isEqualTo("None");
    assertThat(spec(cluster).getBoolean("publishNotReadyAddresses")).isTrue();
    assertThat(objects(spec(cluster), "ports").get(0).getInteger("port"))
        .isEqualTo(options(proxy()).cluster().port());
  }

  @Test
  void everyProbeAsksAPortThatThereIs() {
    of("Deployment")
        .forEach(
            one -> {
              for (JsonObject container : containers(one)) {
                for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                  JsonObject asked = container.getJsonObject(probe);
                  if (asked != null) {
                    JsonObject get = asked.getJsonObject("httpGet");
                    assertThat(ports(one)).contains(get.getString("port"));
                    assertThat(get.getString("path")).isIn("/health/live", "/health/ready");
                  }
                }
              }
            });
  }

  @Test
  void theProgramsUnderstandTheirEnvironment() throws IOException {
    int ours = 0;
    for (JsonObject deployment : of("Deployment").toList()) {
      for (JsonObject container : containers(deployment)) {
        Program<?> program = program(container.getString("image"));
        if (program != null) {
          ours++;
          Reading<?> reading = program.read(null, environment(container));
          assertThat(reading.faults()).as(name(deployment)).isEmpty();
          assertThat(reading.warnings()).as(name(deployment)).isEmpty();
        }
      }
    }
    assertThat(ours).isEqualTo(3);
  }

  @Test
  void portsAreThoseThatTheProgramsListenOn() {
    Map<String, Integer> declared = new LinkedHashMap<>();
    objects(container("rollcall/proxy"), "ports")
        .forEach(port -> declared.put(port.getString("name"), port.getInteger("containerPort")));
    ProxyOptions options = options(proxy());
    assertThat(declared)
        .isEqualTo(
            Map.of(
                "http", options.listen().port(),
                "admin", options.admin().port(),
                "cluster", options.cluster().port()));
  }

  @Test
  void aStopMayTakeAsLongAsItsDrain() {
    long proxy = spec(pod(proxy())).getInteger("terminationGracePeriodSeconds");
    assertThat(proxy).isGreaterThan(options(proxy()).drainTimeout().toSeconds() + 5 + 10);
    of("Deployment")
        .forEach(
            one ->
                assertThat(spec(pod(one)).getInteger("terminationGracePeriodSeconds"))
                    .as(name(one))
                    .isGreaterThanOrEqualTo(45));
  }

  private JsonObject proxy() {
    return of("Deployment")
        .filter(one -> name(one).equals("rollcall-proxy"))
        .findFirst()
        .orElseThrow();
  }

  private JsonObject container(String image) {
    return of("Deployment")
        .flatMap(one -> containers(one).stream())
        .filter(one -> image.equals(one.getString("image")))
        .findFirst()
        .orElseThrow();
  }

  private ProxyOptions options(JsonObject deployment) {
    try {
      Reading<ProxyOptions> reading =
          ProxyOptions.PROGRAM.read(null, environment(containers(deployment).get(0)));
      assertThat(reading.faults()).isEmpty();
      return java.util.Objects.requireNonNull(reading.options());
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  private static Program<?> program(String image) {
    return switch (image) {
      case "rollcall/proxy" -> ProxyOptions.PROGRAM;
      case "rollcall/upstream" -> UpstreamOptions.PROGRAM;
      default -> null;
    };
  }

  /** As a pod would have it; the secret's volume is a folder of ours. */
  private Map<String, String> environment(JsonObject container) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (JsonObject variable : objects(container, "env")) {
      environment.put(variable.getString("name"), variable.getString("value", "10.1.2.3"));
    }
    Path secret = temporary.resolve("secret");
    Files.writeString(secret, "hush\n");
    String mounted = objects(container, "volumeMounts").get(1).getString("mountPath");
    assertThat(environment.get("ROLLCALL_SECRET_FILE")).isEqualTo(mounted + "/secret");
    environment.put("ROLLCALL_SECRET_FILE", secret.toString());
    return environment;
  }
}

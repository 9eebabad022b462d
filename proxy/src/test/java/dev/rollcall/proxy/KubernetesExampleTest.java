package dev.rollcall.proxy;

import static dev.rollcall.proxy.Manifests.containers;
import static dev.rollcall.proxy.Manifests.name;
import static dev.rollcall.proxy.Manifests.objects;
import static dev.rollcall.proxy.Manifests.pod;
import static dev.rollcall.proxy.Manifests.ports;
import static dev.rollcall.proxy.Manifests.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Reading;
import dev.rollcall.upstream.UpstreamOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests hold together, and say what our programs understand. */
class KubernetesExampleTest {

  private static final Set<String> KINDS =
      Set.of("Service", "Deployment", "PodDisruptionBudget", "NetworkPolicy");

  @TempDir Path temporary;

  private final Manifests manifests = Manifests.in(Path.of("../examples/kubernetes"));

  @Test
  void needNoRightsAndHaveNothingThatIsNotMeant() {
    assertThat(manifests.all()).hasSizeGreaterThan(5);
    assertThat(manifests.all()).allMatch(one -> KINDS.contains(one.getString("kind")));
    manifests
        .of("Deployment")
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
    manifests
        .of("Deployment")
        .forEach(
            one ->
                assertThat(
                        manifests.selected(
                            spec(one).getJsonObject("selector").getJsonObject("matchLabels")))
                    .as(name(one))
                    .containsExactly(one));
    manifests
        .of("PodDisruptionBudget")
        .forEach(
            one ->
                assertThat(
                        manifests.selected(
                            spec(one).getJsonObject("selector").getJsonObject("matchLabels")))
                    .as(name(one))
                    .hasSize(1));
    manifests
        .of("NetworkPolicy")
        .forEach(
            one ->
                assertThat(
                        manifests.selected(
                            spec(one).getJsonObject("podSelector").getJsonObject("matchLabels")))
                    .as(name(one))
                    .hasSize(1));
  }

  @Test
  void everyServiceLeadsToAPortThatThereIs() {
    manifests
        .of("Service")
        .forEach(
            one -> {
              List<JsonObject> pods = manifests.selected(spec(one).getJsonObject("selector"));
              assertThat(pods).as(name(one)).hasSize(1);
              for (JsonObject port : objects(spec(one), "ports")) {
                assertThat(ports(pods.get(0))).contains(port.getString("targetPort"));
              }
            });
    JsonObject cluster =
        manifests
            .of("Service")
            .filter(one -> name(one).equals("rollcall-cluster"))
            .findFirst()
            .orElseThrow();
    assertThat(spec(cluster).getString("clusterIP")).isEqualTo("None");
    assertThat(spec(cluster).getBoolean("publishNotReadyAddresses")).isTrue();
    assertThat(objects(spec(cluster), "ports").get(0).getInteger("port"))
        .isEqualTo(options(proxy()).cluster().port());
  }

  @Test
  void everyProbeAsksAPortThatThereIs() {
    manifests
        .of("Deployment")
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
    for (JsonObject deployment : manifests.of("Deployment").toList()) {
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
    manifests
        .of("Deployment")
        .forEach(
            one ->
                assertThat(spec(pod(one)).getInteger("terminationGracePeriodSeconds"))
                    .as(name(one))
                    .isGreaterThanOrEqualTo(45));
  }

  private JsonObject proxy() {
    return manifests
        .of("Deployment")
        .filter(one -> name(one).equals("rollcall-proxy"))
        .findFirst()
        .orElseThrow();
  }

  private JsonObject container(String image) {
    return manifests
        .of("Deployment")
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
      return Objects.requireNonNull(reading.options());
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

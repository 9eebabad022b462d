package dev.rollcall.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Tier;
import dev.rollcall.discovery.settings.Reading;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamOptionsTest {

  @Test
  void hasTheDefaultsOfTheContract() {
    UpstreamOptions options = options(Map.of());

    assertThat(options.service()).isEqualTo("hello");
    assertThat(options.name()).isEqualTo(HostName.ofThisMachine()).isNotBlank();
    assertThat(options.http().port()).isZero();
    assertThat(options.advertised()).isNull();
    assertThat(options.weight()).isEqualTo(1);
    assertThat(options.tier()).isEqualTo(Tier.PRIMARY);
    assertThat(options.zone()).isEmpty();
    assertThat(options.routes()).containsExactly("/");
    assertThat(options.metadata()).isEmpty();
    assertThat(options.protocol()).isEqualTo(Protocol.HTTP);
    assertThat(options.heartbeat()).isEqualTo(Duration.ofSeconds(1));
    assertThat(options.drain().timeout()).isEqualTo(Duration.ofSeconds(35));
    assertThat(options.drain().streamTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.target()).isNull();
    assertThat(options.cluster().name()).isEqualTo("rollcall");
    assertThat(options.cluster().members()).containsExactly(new Endpoint("localhost", 5701));
    assertThat(options.cluster().secret()).isNull();
  }

  @Test
  void registersWhatItWasTold() {
    Registration registration =
        options(
                Map.of(
                    "ROLLCALL_SERVICE", "shop",
                    "ROLLCALL_INSTANCE_NAME", "shop-1",
                    "ROLLCALL_ADVERTISE", "10.0.0.4",
                    "ROLLCALL_WEIGHT", "5",
                    "ROLLCALL_TIER", "backup",
                    "ROLLCALL_ZONE", "north",
                    "ROLLCALL_ROUTES", "/shop,shop.example.com/",
                    "ROLLCALL_METADATA", "version=2,team=blue",
                    "ROLLCALL_PROTOCOL", "h2c",
                    "ROLLCALL_HEARTBEAT", "250ms"))
            .registration(8080, new ProbeTarget.Tcp());

    assertThat(registration)
        .isEqualTo(
            new Registration(
                "shop",
                "shop-1",
                "10.0.0.4",
                8080,
                Protocol.H2C,
                5,
                Tier.BACKUP,
                "north",
                java.util.List.of("/shop", "shop.example.com/"),
                Map.of("version", "2", "team", "blue"),
                Duration.ofMillis(250),
                new ProbeTarget.Tcp()));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.4, 10.0.0.4, 8080",
    "10.0.0.4:81, 10.0.0.4, 81",
    "web.local:81, web.local, 81",
    "fd00::1, fd00::1, 8080",
    "[fd00::1], fd00::1, 8080",
    "[fd00::1]:81, fd00::1, 81",
  })
  void advertisesAHostAndPerhapsAPort(String given, String host, int port) {
    Registration registration =
        options(Map.of("ROLLCALL_ADVERTISE", given)).registration(8080, new ProbeTarget.Tcp());

    assertThat(registration.host()).isEqualTo(host);
    assertThat(registration.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8000, 127.0.0.1, 8000",
    "http://web, web, 80",
    "http://web/, web, 80",
    "http://[::1]:81, ::1, 81",
  })
  void watchesATarget(String url, String host, int port) {
    TargetOptions target = options(Map.of("ROLLCALL_TARGET", url)).target();
    assertThat(Objects.requireNonNull(target).endpoint()).isEqualTo(new Endpoint(host, port));
    assertThat(target.probe()).isEqualTo(new ProbeTarget.Tcp());
  }

  @Test
  void letsProxiesAskTheTargetsOwnPathWithoutAnIdentity() {
    TargetOptions target =
        options(Map.of("ROLLCALL_TARGET", "http://web", "ROLLCALL_TARGET_HEALTH_PATH", "/up"))
            .target();
    assertThat(Objects.requireNonNull(target).probe())
        .isEqualTo(new ProbeTarget.Http("/up", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ROLLCALL_SERVICE | a b | service: a b (expected: letters, digits, . _ -, at most 63)",
        "ROLLCALL_INSTANCE_NAME | <b> | instance.name: <b> (expected: letters, digits",
        "ROLLCALL_HTTP_PORT | 65536 | http.port: 65536 (expected: 0 to 65535)",
        "ROLLCALL_ADVERTISE | 10.0.0.4:x | advertise: 10.0.0.4:x (expected: host[:port]",
        "ROLLCALL_WEIGHT | 1001 | weight: 1001 (expected: 0 to 1000)",
        "ROLLCALL_TIER | spare | tier: spare (expected: one of primary, backup)",
        "ROLLCALL_ROUTES | shop | routes: shop (expected: /path, host/path or *.domain/path)",
        "ROLLCALL_METADATA | version | metadata: version (expected: name=",
        "ROLLCALL_PROTOCOL | https | protocol: https (expected: http or h2c: TLS ends at the proxy)",
        "ROLLCALL_HEARTBEAT | 10ms | heartbeat: 10ms (expected: 100ms to 1m)",
        "ROLLCALL_DRAIN_TIMEOUT | 0s | drain.timeout: 0s (expected: > 0)",
        "ROLLCALL_DRAIN_STREAM_TIMEOUT | x | drain.stream-timeout: x (expected: a duration",
        "ROLLCALL_TARGET | https://web | target: https://web (expected: http://host:port)",
        "ROLLCALL_TARGET | http://web/shop | target: http://web/shop (expected: http://host:port)",
        "ROLLCALL_TARGET_HEALTH_PATH | up | target.health.path: up (expected: a path that begins",
        "ROLLCALL_TARGET_HEALTH_FALL | 0 | target.health.fall: 0 (expected: 1 or more)",
        "ROLLCALL_CLUSTER_MEMBERS | a:99999 | cluster.members: a:99999 (expected: host[:port]",
      })
  void namesKeyValueAndExpectation(String variable, String value, String line) {
    Reading<UpstreamOptions> reading = UpstreamOptions.PROGRAM.read(null, Map.of(variable, value));

    assertThat(reading.options()).isNull();
    assertThat(reading.faults()).hasSize(1);
    assertThat(reading.faults().get(0).toString()).contains(line);
  }

  @Test
  void isSilentAboutTheSettingsOfTheProxy() {
    Reading<UpstreamOptions> reading =
        UpstreamOptions.PROGRAM.read(
            null,
            Map.of(
                "ROLLCALL_ADMIN_TOKEN",
                "x",
                "ROLLCALL_POLICY",
                "random",
                "ROLLCALL_TLS_PORT",
                "1"));

    assertThat(reading.warnings()).isEmpty();
    assertThat(reading.faults()).isEmpty();
  }

  private static UpstreamOptions options(Map<String, String> environment) {
    Reading<UpstreamOptions> reading = UpstreamOptions.PROGRAM.read(null, environment);
    assertThat(reading.faults()).isEmpty();
    return Objects.requireNonNull(reading.options());
  }
}

package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.logging.LogOptions;
import dev.rollcall.discovery.settings.Networks;
import dev.rollcall.discovery.settings.Secret;
import dev.rollcall.proxy.accesslog.AccessLogOptions;
import dev.rollcall.proxy.admin.AdminOptions;
import dev.rollcall.proxy.admin.AdminTokens;
import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.forward.client.Timeouts;
import dev.rollcall.proxy.health.HealthOptions;
import dev.rollcall.proxy.register.RegisterOptions;
import dev.rollcall.proxy.roll.RollOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings say of the proxy as a whole. */
class ProxyOptionsTest extends ProxySettingsCase {

  @Test
  void hasTheDefaultsOfTheContract() {
    ProxyOptions options = good(read(Map.of()));

    assertThat(options.listen()).isEqualTo(new ListenOptions(null, 8080, false, null));
    assertThat(options.admin())
        .isEqualTo(new AdminOptions(9090, "127.0.0.1", AdminTokens.NONE, List.of()));
    assertThat(options.cluster())
        .isEqualTo(
            new ClusterOptions(
                "rollcall",
                List.of(new Endpoint("localhost", 5701)),
                5701,
                "127.0.0.1",
                null,
                Networks.NONE,
                5702,
                null,
                null));
    assertThat(options.policy()).isEqualTo("round-robin");
    assertThat(options.namedUpstreams()).isEmpty();
    assertThat(options.health()).isEqualTo(HealthOptions.DEFAULT);
    assertThat(options.roll()).isEqualTo(RollOptions.DEFAULT);
    assertThat(options.zone()).isEmpty();
    assertThat(options.forward().timeouts()).isEqualTo(Timeouts.DEFAULT);
    assertThat(options.forward().limits()).isEqualTo(Limits.DEFAULT);
    assertThat(options.forward().trusted().isEmpty()).isTrue();
    assertThat(options.traffic())
        .isEqualTo(
            new TrafficOptions(
                TransportSetting.AUTO, Runtime.getRuntime().availableProcessors(), true));
    assertThat(options.accessLog()).isEqualTo(AccessLogOptions.OFF);
    assertThat(options.log()).isEqualTo(LogOptions.DEFAULT);
    assertThat(options.services()).isEmpty();
  }

  @Test
  void refusesEjectionTimesOutOfOrderAndReadsOn() {
    assertThat(
            faults(
                read(
                    Map.of(
                        "ROLLCALL_HEALTH_EJECT_TIME", "10m",
                        "ROLLCALL_WORKERS", "x"))))
        .containsExactly(
            "health.eject-time-max: nothing (expected: at least health.eject-time)",
            "workers: x (expected: a whole number), at ROLLCALL_WORKERS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PORT|70000|http.port: 70000 (expected: 0 to 65535)",
        "HTTP_H2C|yes|http.h2c: yes (expected: true or false)",
        "HTTP_TRUSTED_PROXIES|10.0.0.0/8,here|"
            + "http.trusted-proxies: here (expected: a network such as 10.0.0.0/8 or fd00::/8)",
        "TIMEOUT_CONNECT|0s|timeout.connect: 0s (expected: > 0)",
        "TIMEOUT_IDLE|75|timeout.idle: 75 (expected: a duration such as 250ms, 1s, 2m)",
        "LIMIT_HEADER_COUNT|0|limit.header-count: 0 (expected: 1 or more)",
        "LIMIT_HEADER_SIZE|3GB|limit.header-size: 3GB (expected: 1B to 1GB)",
        "LIMIT_BODY_SIZE|10|limit.body-size: 10"
            + " (expected: a size such as 512B, 64KB, 10MB, or none)",
        "CLUSTER_ALLOWED_MEMBERS|10.0.0.1,10.0.0.0/40|cluster.allowed-members: 10.0.0.0/40"
            + " (expected: a network such as 10.0.0.0/8 or fd00::/8)",
        "CLUSTER_PORT|0|cluster.port: 0 (expected: 1 to 65535)",
        "CLUSTER_MEMBERS|a:b|cluster.members: a:b (expected: host[:port], such as 10.0.0.4:5701)",
        "CLUSTER_MEMBERS|','|cluster.members: , (expected: host[:port],…, one at least)",
        "TRANSPORT|uring|transport: uring"
            + " (expected: one of auto, io_uring, epoll, kqueue, nio)",
        "WORKERS|0|workers: 0 (expected: 1 to 1024)",
        "ACCESS_LOG|on|access-log: on (expected: one of off, combined, json)",
        "LOG_LEVEL|loud|log.level: loud (expected: one of error, warn, info, debug, trace)",
        "SECRET_PREVIOUS|x|secret.previous: (not shown) (expected: secret to be set too)",
      })
  void tellsWhatIsWrongInOneLine(String variable, String value, String line) {
    assertThat(faults(read(Map.of("ROLLCALL_" + variable, value))))
        .containsExactly(line + ", at ROLLCALL_" + variable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PORT|9090|http.port: 9090 (expected: another port than that of admin.port)",
        "ADMIN_PORT|8080|admin.port: 8080 (expected: another port than that of http.port)",
        "CLUSTER_PORT|5702|cluster.port: 5702"
            + " (expected: another port than that of cluster.bus-port)",
        "CLUSTER_BUS_PORT|9090|cluster.bus-port: 9090"
            + " (expected: another port than that of admin.port)",
      })
  void refusesOnePortForTwo(String variable, String value, String line) {
    assertThat(faults(read(Map.of("ROLLCALL_" + variable, value))))
        .containsExactly(line + ", at ROLLCALL_" + variable);
  }

  @Test
  void takesOnePortAtTwoAddresses() {
    good(
        read(
            Map.of(
                "ROLLCALL_HTTP_HOST", "10.0.0.1",
                "ROLLCALL_HTTP_PORT", "8000",
                "ROLLCALL_ADMIN_PORT", "8000")));
  }

  @Test
  void refusesAPolicyThatThereIsNot() {
    assertThat(faults(read(Map.of("ROLLCALL_POLICY", "roundrobin"))))
        .singleElement()
        .asString()
        .startsWith("policy: roundrobin (expected: round-robin, ");
  }

  @Test
  void takesNoneForALimit() {
    ProxyOptions options = good(read(Map.of("ROLLCALL_LIMIT_CONNECTIONS", "none")));

    assertThat(options.forward().limits().connections()).isEqualTo(Limits.NONE);
  }

  @Test
  void needsReadableFilesOfTls() throws IOException {
    Path cert = Files.writeString(dir.resolve("cert.pem"), "x");
    Path missing = dir.resolve("missing.pem");

    assertThat(faults(read(Map.of("ROLLCALL_TLS_CERT", cert.toString()))))
        .containsExactly("tls.key: nothing (expected: as many files in tls.cert as in tls.key)");
    assertThat(
            faults(
                read(
                    Map.of(
                        "ROLLCALL_TLS_CERT", cert.toString(),
                        "ROLLCALL_TLS_KEY", missing.toString()))))
        .containsExactly(
            "tls.key: "
                + missing
                + " (expected: readable PEM files; "
                + missing
                + " is missing), at ROLLCALL_TLS_KEY");
  }

  @Test
  void opensNoPortForRegistrationsWithoutAToken() {
    Map<String, String> open = new HashMap<>(Map.of("ROLLCALL_REGISTER_PORT", "9091"));
    assertThat(faults(read(open)))
        .containsExactly(
            "register.port: 9091 (expected: register.token to be set too), at"
                + " ROLLCALL_REGISTER_PORT");
    open.put("ROLLCALL_REGISTER_TOKEN", "register me");
    RegisterOptions options = good(read(open)).register();
    assertThat(options.port()).isEqualTo(9091);
    assertThat(options.host()).isEqualTo("0.0.0.0");
    assertThat(options.most()).isEqualTo(1000);
    assertThat(good(read(Map.of())).register().port()).isNull();
  }

  @Test
  void warnsOfAnOpenClusterPortWithoutSecret() {
    assertThat(read(Map.of("ROLLCALL_CLUSTER_HOST", "0.0.0.0")).warnings())
        .containsExactly(
            "cluster.host: 0.0.0.0 without a secret: whoever reaches port 5701 can join and"
                + " register (set ROLLCALL_SECRET)");
    assertThat(read(Map.of("ROLLCALL_CLUSTER_HOST", "0.0.0.0", "ROLLCALL_SECRET", "x")).warnings())
        .isEmpty();
    assertThat(read(Map.of("ROLLCALL_CLUSTER_HOST", "::1")).warnings()).isEmpty();
  }

  @Test
  void readsTheSecrets() {
    ProxyOptions options =
        good(
            read(
                Map.of(
                    "ROLLCALL_SECRET", "new-one",
                    "ROLLCALL_SECRET_PREVIOUS", "old-one",
                    "ROLLCALL_ADMIN_TOKEN", "token")));

    assertThat(options.cluster().secret()).isEqualTo(new Secret("new-one"));
    assertThat(options.cluster().previous()).isEqualTo(new Secret("old-one"));
    assertThat(options.admin().tokens()).isEqualTo(AdminTokens.of("token"));
    assertThat(options.toString()).doesNotContain("new-one", "old-one", "=token");
  }

  @Test
  void readsEveryTimeout() {
    ProxyOptions options =
        good(
            file(
                """
                timeout:
                  connect: 1ms
                  response: 2ms
                  body-stall: 3ms
                  request-header: 4ms
                  request-body-stall: 5ms
                  idle: 6ms
                  tunnel-idle: 7ms
                """));

    assertThat(options.forward().timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(3),
                Duration.ofMillis(4),
                Duration.ofMillis(5),
                Duration.ofMillis(6),
                Duration.ofMillis(7)));
  }
}

package dev.rollcall.proxy.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedRegistrationTest {

  private static AskedRegistration read(String body) {
    return AskedRegistration.of("web", "one", body.replace('\'', '"'), "10.0.0.9");
  }

  @Test
  void needsNoMoreThanAPort() {
    AskedRegistration asked = read("{'port': 8000}");
    Registration own = asked.registration();
    assertThat(own.service()).isEqualTo("web");
    assertThat(own.name()).isEqualTo("one");
    assertThat(own.host()).isEqualTo("10.0.0.9");
    assertThat(own.heartbeat()).isEqualTo(Duration.ofSeconds(2));
    assertThat(own.probe()).isEqualTo(new ProbeTarget.Tcp());
    assertThat(own.routes()).containsExactly("/");
    assertThat(asked.load()).isEqualTo(new Load(0, -1));
  }

  @Test
  void mayCarryEverythingThatARegistrationHas() {
    AskedRegistration asked =
        read(
            """
            {'host': 'web-1', 'port': 8000, 'name': 'Web 1', 'protocol': 'h2c', 'weight': 3,
             'tier': 'backup', 'zone': 'b', 'routes': ['/a', 'example.org/b'],
             'metadata': {'version': '2'}, 'heartbeat': '500ms', 'probe': {'http': '/ready?x=1'},
             'inFlight': 4, 'load': 0.5}
            """);
    assertThat(asked.load()).isEqualTo(new Load(4, 0.5));
    assertThat(asked.registration())
        .isEqualTo(
            new Registration(
                "web",
                "Web 1",
                "web-1",
                8000,
                Protocol.H2C,
                3,
                Tier.BACKUP,
                "b",
                List.of("/a", "example.org/b"),
                Map.of("version", "2"),
                Duration.ofMillis(500),
                new ProbeTarget.Http("/ready?x=1")));
    assertThat(read("{'port': 1, 'ttl': '30s'}").registration().heartbeat())
        .isEqualTo(Duration.ofSeconds(6));
    assertThat(read("{'port': 1, 'probe': 'none'}").registration().probe())
        .isEqualTo(new ProbeTarget.None());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "not JSON",
        "{}",
        "{'port': 0}",
        "{'port': 65536}",
        "{'port': '80'}",
        "{'port': 80, 'host': ''}",
        "{'port': 80, 'host': 7}",
        "{'port': 80, 'protocol': 'ftp'}",
        "{'port': 80, 'weight': -1}",
        "{'port': 80, 'weight': 1001}",
        "{'port': 80, 'tier': 'third'}",
        "{'port': 80, 'routes': '/'}",
        "{'port': 80, 'metadata': {'a': 1}}",
        "{'port': 80, 'heartbeat': '249ms'}",
        "{'port': 80, 'heartbeat': '11s'}",
        "{'port': 80, 'heartbeat': 2}",
        "{'port': 80, 'ttl': '4s'}",
        "{'port': 80, 'ttl': '51s'}",
        "{'port': 80, 'ttl': '10s', 'heartbeat': '2s'}",
        "{'port': 80, 'probe': {'http': 'ready'}}",
        "{'port': 80, 'probe': {'http': '/a b'}}",
        "{'port': 80, 'probe': {'http': '/', 'identity': true}}",
        "{'port': 80, 'load': 2}",
        "{'port': 80, 'inFlight': -1}",
        "{'port': 80, 'name': 'a\\nb'}",
        "{'port': 80, 'epoch': 'e1'}"
      })
  void saysInOneLineWhatIsWrong(String body) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("\n")
        .isNotBlank();
  }

  @Test
  void hasLimits() {
    assertThatThrownBy(() -> read("{'port': 80, 'zone': '" + "x".repeat(257) + "'}"))
        .hasMessageContaining("at most 256");
    assertThatThrownBy(() -> read("{'port': 80, 'routes': [" + "'/',".repeat(32) + "'/']}"))
        .hasMessage("routes: 33 (expected: at most 32)");
    assertThatThrownBy(() -> AskedRegistration.of("web", "a/b", "{}", "10.0.0.9"))
        .hasMessageStartingWith("instance: a/b");
    assertThatThrownBy(() -> AskedRegistration.of("w~b", "a", "{}", "10.0.0.9"))
        .hasMessageStartingWith("service: w~b");
  }
}

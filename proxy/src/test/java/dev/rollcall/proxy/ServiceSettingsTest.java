package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.forward.client.Timeouts;
import dev.rollcall.proxy.health.NamedUpstream;
import dev.rollcall.proxy.roll.ClaimLimits;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.RouteRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings say of one service, and of upstreams that can't register. */
class ServiceSettingsTest extends ProxySettingsCase {

  @Test
  void readsUpstreamsThatCannotRegister() {
    ProxyOptions options =
        good(
            read(
                Map.of(
                    "ROLLCALL_UPSTREAMS", "web=http://a:1,http://[::1]:2;api=h2c://b,https://c")));

    assertThat(options.namedUpstreams())
        .containsExactly(
            new NamedUpstream("web", new Endpoint("a", 1), Protocol.HTTP),
            new NamedUpstream("web", new Endpoint("::1", 2), Protocol.HTTP),
            new NamedUpstream("api", new Endpoint("b", 80), Protocol.H2C),
            new NamedUpstream("api", new Endpoint("c", 443), Protocol.HTTPS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:1",
        "ftp://a",
        "http://",
        "http://a/path",
        "http://a?q",
        "http://u@a",
        "http://a:x",
        "http://a:99999",
        "http://a b"
      })
  void refusesUpstreamsThatAreNoPlainUrl(String url) {
    assertThat(faults(read(Map.of("ROLLCALL_UPSTREAMS", "web=" + url))))
        .containsExactly(
            "upstreams: " + url + " (expected: http://host:port), at ROLLCALL_UPSTREAMS");
  }

  @Test
  void addsWhatTheFileSaysOfOneService() {
    ProxyOptions options =
        good(
            file(
                """
                upstreams:
                  web: [http://a:1]
                services:
                  web:
                    routes: [/shop, shop.example/]
                    policy: least-requests
                    upstreams: http://b:2
                    health.path: /ready
                health.fall: 3
                """));

    assertThat(options.namedUpstreams())
        .containsExactly(
            new NamedUpstream("web", new Endpoint("a", 1), Protocol.HTTP),
            new NamedUpstream("web", new Endpoint("b", 2), Protocol.HTTP));
    assertThat(options.roll())
        .isEqualTo(
            new RollOptions(
                "",
                Map.of("web", List.of(RouteRule.of("/shop"), RouteRule.of("shop.example/"))),
                ClaimLimits.NONE,
                Map.of()));
    assertThat(options.ownPolicies()).isEqualTo(Map.of("web", "least-requests"));
    assertThat(options.health("web").path()).isEqualTo("/ready");
    assertThat(options.health("web").fall()).isEqualTo(3);
    assertThat(options.health("other").path()).isEmpty();
  }

  @Test
  void letsAServiceWaitAsItAsks() {
    ProxyOptions options =
        good(file("timeout.idle: 9s\nservices: {web: {timeout: {response: 5m}}}"));

    Timeouts web = Objects.requireNonNull(options.forward().serviceTimeouts().get("web"));
    assertThat(web.response()).isEqualTo(Duration.ofMinutes(5));
    assertThat(web.idle()).isEqualTo(Duration.ofSeconds(9));
    assertThat(options.forward().timeouts().response()).isEqualTo(Duration.ofSeconds(30));
  }
}

package dev.rollcall.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small rules of single fields. */
class FieldsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "example.org:8080",
        "10.0.0.1",
        "[::1]",
        "[fd00::1]:80",
        "a:",
        "xn--bcher-kva.example"
      })
  void acceptsAuthorities(String text) {
    assertThat(Authority.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ":80", "a b", "a/b", "a:b", "a:99999", "[::1", "[]", "u@h", "a,b c", "[::1]x", "a\\b"
      })
  void refusesWhatIsNoAuthority(String text) {
    assertThat(Authority.isValid(text)).isFalse();
  }

  @Test
  void theHostOfAnAuthorityHasNoPortAndNoCase() {
    assertThat(Authority.host("Example.ORG:8080")).isEqualTo("example.org");
    assertThat(Authority.host("[FD00::1]:80")).isEqualTo("[fd00::1]");
  }

  @Test
  void connectionNominatesFieldsButNotCloseAndNotTheUsualOnes() {
    assertThat(HopByHop.nominated(List.of("close, X-A", "Keep-Alive,x-b")))
        .containsExactlyInAnyOrder("x-a", "x-b");
  }

  @Test
  void keepAliveHintsAreHonouredASecondEarly() {
    assertThat(
            KeepAliveHint.nanos(
                HeadersMultiMap.httpHeaders().add("Keep-Alive", "timeout=5, max=10"), 7))
        .isEqualTo(TimeUnit.SECONDS.toNanos(4));
    assertThat(KeepAliveHint.nanos(HeadersMultiMap.httpHeaders(), 7)).isEqualTo(7);
    assertThat(KeepAliveHint.nanos(HeadersMultiMap.httpHeaders().add("Keep-Alive", "timeout=x"), 7))
        .isZero();
  }

  @Test
  void traceParentsAreMadeWellFormed() {
    assertThat(Ids.isTraceparent(Ids.traceparent())).isTrue();
    assertThat(Ids.isTraceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        .isTrue();
    assertThat(Ids.isTraceparent("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01")).isFalse();
    assertThat(Ids.isTraceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x"))
        .isFalse();
    assertThat(Ids.isTraceparent("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        .isFalse();
    assertThat(Ids.isTraceparent(null)).isFalse();
  }

  @Test
  void trustIsByNetwork() {
    TrustedProxies trusted = TrustedProxies.of(List.of("10.0.0.0/8", "::1"));
    assertThat(trusted.contains(new InetSocketAddress("10.1.2.3", 1))).isTrue();
    assertThat(trusted.contains(new InetSocketAddress("::1", 1))).isTrue();
    assertThat(trusted.contains(new InetSocketAddress("11.1.2.3", 1))).isFalse();
    assertThatThrownBy(() -> TrustedProxies.of(List.of("nonsense/8")))
        .hasMessage(
            "http.trusted-proxies: nonsense/8 (expected: a network such as 10.0.0.0/8 or fd00::/8)");
  }

  @Test
  void theBudgetAllowsAFifthOfTrafficAndThreeASecond() {
    RetryBudget budget = new RetryBudget(Retries.DEFAULT, 1, 0);
    assertThat(drained(budget, 0)).isEqualTo(3);
    assertThat(drained(budget, TimeUnit.SECONDS.toNanos(1))).isEqualTo(3);
    for (int i = 0; i < 50; i++) {
      budget.deposit();
    }
    assertThat(drained(budget, TimeUnit.SECONDS.toNanos(1))).isBetween(9, 10);
  }

  private static int drained(RetryBudget budget, long now) {
    int count = 0;
    while (budget.withdraw(now)) {
      count++;
    }
    return count;
  }
}

package dev.rollcall.proxy.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallableHostTest {

  private static final String STRANGER = "10.0.0.9";

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, 10.0.0.7",
    "2001:db8::7, 2001:db8:0:0:0:0:0:7",
    "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
    "::ffff:10.0.0.7, 10.0.0.7",
    "web-1, web-1",
    "Web-1.Example.ORG, web-1.example.org",
    "my_container, my_container",
    "3f2a9c1b04de, 3f2a9c1b04de"
  })
  void takesAddressesAndNamesThatProxiesCanCall(String host, String taken) {
    assertThat(CallableHost.of(host, STRANGER)).isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "[fe80::1]",
        "febf::1",
        "::ffff:169.254.169.254",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1"
      })
  void neverTakesWhatIsNoPlaceToCallWhoeverAsks(String host) {
    assertThatThrownBy(() -> CallableHost.of(host, STRANGER)).hasMessageContaining("link-local");
    assertThatThrownBy(() -> CallableHost.of(host, "127.0.0.1")).hasMessageContaining("link-local");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "localhost", "a.localhost"})
  void takesLoopbackOnlyFromThisMachine(String host) {
    assertThatThrownBy(() -> CallableHost.of(host, STRANGER)).hasMessageContaining("not loopback");
    assertThat(CallableHost.of(host, "127.0.0.1")).isNotBlank();
    assertThat(CallableHost.of(host, "::1")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2852039166",
        "0xa9fea9fe",
        "0xa9.254.169.254",
        "169.254.43518",
        "1.2.3",
        "web 1",
        "web/1",
        "web:80",
        "user@web",
        "-web",
        "fe80::1%eth0",
        "web..org",
        ""
      })
  void takesNothingElse(String host) {
    assertThatThrownBy(() -> CallableHost.of(host, "127.0.0.1"))
        .hasMessageStartingWith("host: ")
        .hasMessageContaining("expected");
  }

  @Test
  void isTheCallersAddressWhenNoneIsNamed() {
    assertThat(CallableHost.of(null, STRANGER)).isEqualTo(STRANGER);
    assertThat(CallableHost.of(null, "127.0.0.1")).isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> CallableHost.of(null, "fe80::9%eth0"))
        .hasMessageContaining("link-local");
  }
}

package dev.rollcall.proxy.forward.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in a Host field. */
class AuthorityTest {

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
}

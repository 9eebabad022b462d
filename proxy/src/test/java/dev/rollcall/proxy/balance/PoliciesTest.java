package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {

  private final Policies policies = new Policies(StickyKey.of(null));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "round-robin",
        "least-requests",
        "power-of-two",
        "peak-ewma",
        "random",
        "ip-hash",
        "hash:header:X-User",
        "hash:cookie:sid",
        "hash:query:user",
        "hash:path",
        "sticky"
      })
  void makesEveryPolicyOfTheContract(String setting) {
    SelectionPolicy policy = policies.create(setting, "hello");

    assertThat(policy.name()).isEqualTo(setting);
    assertThat(Policies.check(setting)).isEqualTo(setting);
    assertThat(Picks.one(policy, candidates(upstreams(3)))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "round-robbin | policy: round-robbin (expected: round-robin, least-requests, ",
        "'' | policy:  (expected: round-robin, ",
        "hash | policy: hash (expected: round-robin, ",
        "hash: | policy: hash: (expected: round-robin, ",
        "hash:header | policy: hash:header (expected: round-robin, ",
        "hash:header: | policy: hash:header: (expected: a header's name after the second colon)",
        "hash:header:X User | policy: hash:header:X User (expected: a header's name after",
        "hash:cookie:a=b | policy: hash:cookie:a=b (expected: a cookie's name after",
        "hash:query:a&b | policy: hash:query:a&b (expected: a parameter's name after",
        "hash:path:x | policy: hash:path:x (expected: round-robin, ",
        "Sticky | policy: Sticky (expected: round-robin, "
      })
  void namesWhatIsWrong(String setting, String fault) {
    assertThatThrownBy(() -> Policies.check(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(fault);
  }
}

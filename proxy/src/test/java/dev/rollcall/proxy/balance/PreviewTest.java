package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewTest {

  private final Policies policies = new Policies(StickyKey.of(null));
  private final List<Upstream> upstreams = upstreams(5);
  private final Candidates five = candidates(upstreams);

  @ParameterizedTest
  @ValueSource(strings = {"round-robin", "ip-hash", "hash:header:X-Key", "hash:path", "sticky"})
  void foretellsTheNextPickAndTakesNoTurn(String setting) {
    SelectionPolicy policy = policies.create(setting, "hello");
    for (int i = 0; i < 20; i++) {
      Facts request = Facts.address("192.0.2." + i % 3);
      policy.preview(five, request);
      Upstream foretold = policy.preview(five, request).upstream();

      assertThat(foretold).isSameAs(Picks.one(policy, five, request));
    }
  }

  @Test
  void foretellsTheLeastBusy() {
    upstreams.forEach(u -> u.traffic().opened());
    upstreams.get(3).traffic().closed();
    SelectionPolicy policy = policies.create("least-requests", "hello");

    assertThat(policy.preview(five, RequestFacts.NONE).upstream()).isSameAs(upstreams.get(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "power-of-two", "peak-ewma"})
  void leavesToChanceWhatIsChance(String setting) {
    Preview preview = policies.create(setting, "hello").preview(five, RequestFacts.NONE);

    assertThat(preview.upstream()).isNull();
    assertThat(preview.why()).contains("drawn by weight");
  }

  @Test
  void tellsWhenAHotKeySpillsOver() {
    SelectionPolicy policy = policies.create("hash:header:X-Key", "hello");
    Facts hot = Facts.header("x-key", "hot");
    Upstream home = Picks.one(policy, five, hot);
    for (int i = 0; i < 40; i++) {
      home.traffic().opened();
    }
    Preview preview = policy.preview(five, hot);

    assertThat(preview.upstream()).isNotNull().isNotSameAs(home);
    assertThat(preview.why()).startsWith(home + " has the highest score, but more than its share");
  }

  @Test
  void everyPolicySaysWhenNobodyIsThere() {
    for (String setting :
        List.of("round-robin", "least-requests", "power-of-two", "random", "ip-hash", "sticky")) {
      assertThat(
              policies.create(setting, "hello").preview(Candidates.NONE, Facts.address("x")).why())
          .contains("nobody");
    }
  }

  @Test
  void keepsThePoliciesWhoseSettingStaysTheSame() {
    ServicePolicies all =
        new ServicePolicies(policies, "round-robin", Map.of("a", "random", "b", "sticky"));
    List<SelectionPolicy> before = new ArrayList<>();
    List.of("a", "b", "c").forEach(name -> before.add(all.apply(name)));

    all.change("least-requests", Map.of("a", "random", "c", "round-robin"));

    assertThat(all.apply("a")).isSameAs(before.get(0)).isSameAs(all.apply("a"));
    assertThat(all.apply("b").name()).isEqualTo("least-requests");
    assertThat(all.apply("c")).isSameAs(before.get(2));
  }
}

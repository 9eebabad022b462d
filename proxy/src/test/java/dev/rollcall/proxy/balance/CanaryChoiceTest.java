package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Canary;
import dev.rollcall.proxy.roll.CanaryRule;
import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.FieldMatch;
import dev.rollcall.proxy.roll.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanaryChoiceTest {

  private final List<Upstream> upstreams = upstreams(4);
  private final Candidates others = candidates(upstreams.subList(0, 3));
  private final Candidates tries = candidates(upstreams.subList(3, 4));
  private final ServicePolicies policies =
      new ServicePolicies(new Policies(StickyKey.of("secret")), "round-robin", Map.of());

  private Canary canary(int share, @Nullable String header, @Nullable String cookie) {
    CanaryRule rule =
        new CanaryRule(FieldMatch.parse("version=2"), share, match(header), match(cookie));
    return new Canary(rule, tries, new AtomicInteger(), "hello\ncanary");
  }

  private static @Nullable FieldMatch match(@Nullable String text) {
    return text == null ? null : FieldMatch.parse(text);
  }

  private boolean wanted(Canary canary, RequestFacts request) {
    return CanaryChoice.wanted(
        canary, others, policies.apply("hello"), policies.apply(canary.policyKey()), request);
  }

  @Test
  void aHeaderOrACookieAsksForIt() {
    Canary canary = canary(0, "x-try=blue", "try=yes");

    assertThat(wanted(canary, Facts.header("x-try", "blue"))).isTrue();
    assertThat(wanted(canary, Facts.header("x-try", "green"))).isFalse();
    assertThat(wanted(canary, Facts.header("cookie", "a=b; try=yes; c=d"))).isTrue();
    assertThat(wanted(canary, Facts.header("cookie", "try=yesterday"))).isFalse();
    assertThat(wanted(canary, RequestFacts.NONE)).isFalse();
  }

  @Test
  void aShareOfTheOthersTriesIt() {
    Canary canary = canary(2500, "x-try", null);
    int taken = 0;
    for (int i = 0; i < 100; i++) {
      taken += wanted(canary, RequestFacts.NONE) ? 1 : 0;
    }

    assertThat(taken).isEqualTo(25);
    assertThat(canary.turns().get()).isEqualTo(100);
    wanted(canary, Facts.header("x-try", "any"));
    assertThat(canary.turns().get()).as("who asks for it takes no turn").isEqualTo(100);
  }

  @Test
  void aSessionStaysWhereItIs() {
    policies.change("sticky", Map.of());
    Canary canary = canary(5000, null, null);
    Facts there = returning(upstreams.get(3));
    Facts elsewhere = returning(upstreams.get(0));
    // Values are known for candidates that were chosen among.
    policies.apply("hello").select(others, RequestFacts.NONE, Set.of());

    for (int i = 0; i < 20; i++) {
      assertThat(wanted(canary, there)).isTrue();
      assertThat(wanted(canary, elsewhere)).isFalse();
    }
  }

  private Facts returning(Upstream home) {
    String set = policies.apply("hello").setCookie(RequestFacts.NONE, home);
    return Facts.header("cookie", set.substring(0, set.indexOf(';')));
  }

  @Test
  void turnsAmongItAreNoTurnsAmongTheOthers() {
    Canary canary = canary(100, null, null);

    assertThat(policies.apply(canary.policyKey())).isNotSameAs(policies.apply("hello"));
    assertThat(policies.apply(canary.policyKey())).isSameAs(policies.apply(canary.policyKey()));
  }
}

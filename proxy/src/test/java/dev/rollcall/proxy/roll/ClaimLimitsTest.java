package dev.rollcall.proxy.roll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimLimitsTest {

  private final ClaimLimits limits =
      new ClaimLimits(
          Map.of("shop", List.of("/shop", "*.shop.example/"), "*", List.of("/public/")));

  @Test
  void aServiceMayClaimWhatItsRoutesCover() {
    assertThat(limits.allow("shop", "/shop")).isTrue();
    assertThat(limits.allow("shop", "/shop/cart")).isTrue();
    assertThat(limits.allow("shop", "any.host/shop")).isTrue();
    assertThat(limits.allow("shop", "eu.shop.example/any")).isTrue();
    assertThat(limits.allow("shop", "*.eu.shop.example/")).isTrue();
  }

  @Test
  void andNothingElse() {
    assertThat(limits.allow("shop", "/")).isFalse();
    assertThat(limits.allow("shop", "/shopping")).isFalse();
    assertThat(limits.allow("shop", "shop.example/")).isFalse();
    assertThat(limits.allow("shop", "evilshop.example/x")).isFalse();
    assertThat(limits.allow("shop", "*.example/")).isFalse();
    assertThat(limits.allow("shop", "/public/x")).isFalse();
  }

  @Test
  void othersMayClaimWhatIsForOthers() {
    assertThat(limits.allow("blog", "/public/blog")).isTrue();
    assertThat(limits.allow("blog", "/shop")).isFalse();
    assertThat(new ClaimLimits(Map.of("a", List.of("/a"))).allow("b", "/b")).isFalse();
    assertThat(ClaimLimits.NONE.allow("b", "/b")).isTrue();
  }

  @Test
  void whatIsNotAllowedLeadsNowhereUnlessTheSettingsSaySo() {
    RollOptions options =
        new RollOptions(
            "",
            Map.of("settled", List.of(RouteRule.of("/settled"))),
            new ClaimLimits(Map.of("hello", List.of("/hello"))),
            Map.of());
    Roll roll = new Roll(options, (InstantSource) () -> Instant.EPOCH);

    roll.enrol(TestUpstreams.instance("a", "a"));

    assertThat(roll.snapshot().routes().find("", "/")).as("claimed by hello").isNull();
    assertThat(roll.snapshot().routes().find("", "/settled")).isNotNull();
  }
}

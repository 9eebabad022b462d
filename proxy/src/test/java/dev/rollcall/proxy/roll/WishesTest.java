package dev.rollcall.proxy.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceOverride;
import org.junit.jupiter.api.Test;

class WishesTest {

  private static final InstanceOverride NOTHING = wish(null, false);

  @Test
  void aNewWeightIsNews() {
    assertThat(Wishes.news(null, wish(5, false), Availability.UP))
        .isEqualTo("weight 5, asked by alice@10.0.0.1 at 2026-11-23T01:02:03Z");
    assertThat(Wishes.news(wish(5, false), NOTHING, Availability.UP))
        .startsWith("weight as registered");
  }

  @Test
  void theSameAgainIsNone() {
    assertThat(Wishes.news(wish(5, true), wish(5, true), Availability.UP)).isNull();
  }

  @Test
  void aDrainIsToldByTheFlipUnlessThereIsNone() {
    assertThat(Wishes.news(null, wish(null, true), Availability.UP)).isNull();
    assertThat(Wishes.news(null, wish(null, true), Availability.DOWN)).startsWith("drain, asked");
    assertThat(Wishes.news(wish(null, true), NOTHING, Availability.DOWN)).startsWith("resume");
  }

  private static InstanceOverride wish(Integer weight, boolean drain) {
    return new InstanceOverride(weight, drain, "alice@10.0.0.1", "2026-11-23T01:02:03Z");
  }
}

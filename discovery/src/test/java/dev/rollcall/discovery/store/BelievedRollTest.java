package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceOverride;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the believed roll answers. */
class BelievedRollTest extends LedgerCase {

  @Test
  void silenceIsCountedFromTheLastWord() {
    said("a", "e1", 1);
    now.addAndGet(Duration.ofMillis(1400).toNanos());
    assertThat(roll.silence()).isEmpty();
    now.addAndGet(Duration.ofMillis(200).toNanos());
    assertThat(roll.silence()).containsEntry("a", Duration.ofMillis(1600));
    beaten("a", "e1", 1);
    assertThat(roll.silence()).isEmpty();
  }

  @Test
  void aNewcomerHearsWhatStands() {
    said("a", "e1", 1);
    beaten("a", "e1", 3);
    ledger.written(RollMap.OVERRIDES, "a", "{\"weight\":2,\"drain\":false}");
    List<String> newcomer = new ArrayList<>();
    roll.tell(change -> newcomer.add(shown(change)));
    assertThat(newcomer).containsExactly("registered a e1 1", "beaten a 3", "overridden a 2");
  }

  @Test
  void aWishNeedsNoInstanceAndIsNewsOnce() {
    assertThat(roll.wish("a", wish(2))).isTrue();
    assertThat(roll.wish("a", wish(2))).isFalse();
    assertThat(roll.ids(RollMap.OVERRIDES)).containsExactly("a");
    assertThat(roll.ids(RollMap.INSTANCES)).isEmpty();
    assertThat(roll.size()).isZero();

    roll.unwish("a");

    assertThat(roll.wish("a")).isNull();
  }

  private static InstanceOverride wish(int weight) {
    return OverrideJson.read(InstanceJson.parse("{\"weight\":" + weight + "}"));
  }
}

package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Signature;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is believed of full reads, among events. */
class LedgerReadTest extends LedgerCase {

  @Test
  void whomReadsMissHasTimeToWriteItselfAgain() {
    said("a", "e1", 1);
    said("b", "e1", 1);
    readNothing();
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    readNothing();
    said("a", "e1", 1);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    readNothing();
    assertThat(heard).containsExactly("registered a e1 1", "registered b e1 1", "vanished b");
  }

  @Test
  void aFaultOfOursOverOneKeepsNobodyElseFromBeingHeard() {
    Set<String> told = new TreeSet<>();
    Ledger broken =
        new Ledger(
            Signature.NONE,
            Duration.ofSeconds(4),
            now::get,
            roll,
            change -> {
              told.add(change.id());
              throw new IllegalStateException("a fault of ours");
            });
    broken.readBegins();
    broken.readEnds(Map.of("a", text("a", "e1", 1), "b", text("b", "e1", 1)), Map.of(), Map.of());
    assertThat(told).containsExactly("a", "b");
  }

  @Test
  void aReadFillsInWhatWasMissed() {
    said("a", "e1", 1);
    said("b", "e1", 1);
    ledger.readBegins();
    ledger.readEnds(
        Map.of("a", text("a", "e1", 2), "c", text("c", "e1", 1)),
        Map.of("a", beat("e1", 4)),
        Map.of());
    assertThat(heard)
        .containsExactlyInAnyOrder(
            "registered a e1 1",
            "registered b e1 1",
            "registered a e1 2",
            "registered c e1 1",
            "beaten a 4");
  }

  @Test
  void aReadIsOlderThanTheEventsSinceItBegan() {
    said("a", "e1", 1);
    said("gone", "e1", 1);
    ledger.readBegins();
    said("new", "e1", 1);
    said("a", "e1", 2);
    ledger.removed(RollMap.INSTANCES, "gone");
    heard.clear();
    ledger.readEnds(
        Map.of("a", text("a", "e1", 1), "gone", text("gone", "e1", 1)), Map.of(), Map.of());
    assertThat(heard).isEmpty();
  }

  @Test
  void aFailedReadChangesNothing() {
    said("a", "e1", 1);
    ledger.readBegins();
    ledger.readFailed();
    said("a", "e1", 2);
    assertThat(heard).containsExactly("registered a e1 1", "registered a e1 2");
  }

  @Test
  void aBadValueIsRejectedOnceHoweverOftenItIsRead() {
    for (int i = 0; i < 3; i++) {
      ledger.readBegins();
      ledger.readEnds(Map.of("a", "garbage"), Map.of(), Map.of());
    }
    assertThat(heard).containsExactly("rejected a");
  }

  @Test
  void anOldHeartbeatFoundAgainRenewsNothing() {
    said("a", "e1", 1);
    beaten("a", "e1", 5);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    ledger.readBegins();
    ledger.readEnds(Map.of("a", text("a", "e1", 1)), Map.of("a", beat("e1", 5)), Map.of());
    assertThat(roll.silence()).containsKey("a");
  }

  private void readNothing() {
    ledger.readBegins();
    ledger.readEnds(Map.of(), Map.of(), Map.of());
  }
}

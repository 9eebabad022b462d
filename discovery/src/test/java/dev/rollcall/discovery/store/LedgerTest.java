package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is believed of events. */
class LedgerTest extends LedgerCase {

  @Test
  void hearsNothingTwice() {
    said("a", "e1", 1);
    said("a", "e1", 1);
    ledger.readBegins();
    ledger.readEnds(Map.of("a", text("a", "e1", 1)), Map.of(), Map.of());
    assertThat(heard).containsExactly("registered a e1 1");
  }

  @Test
  void theSameSaidInOtherWordsIsNoNews() {
    said("a", "e1", 1);
    ledger.written(
        RollMap.INSTANCES, "a", new JsonObject(text("a", "e1", 1)).put("note", "x").encode());
    assertThat(heard).containsExactly("registered a e1 1");
  }

  @Test
  void somethingElseUnderTheSameSeqIsRejected() {
    said("a", "e1", 1);
    ledger.written(
        RollMap.INSTANCES, "a", new JsonObject(text("a", "e1", 1)).put("weight", 7).encode());
    assertThat(heard).containsExactly("registered a e1 1", "rejected a");
  }

  @Test
  void seqRisesWithinAnEpoch() {
    said("a", "e1", 2);
    said("a", "e1", 1);
    said("a", "e1", 5);
    assertThat(heard).containsExactly("registered a e1 2", "rejected a", "registered a e1 5");
  }

  @Test
  void anEpochThatIsOverNeverComesBack() {
    said("a", "e1", 9);
    said("a", "e2", 1);
    said("a", "e1", 10);
    assertThat(heard).containsExactly("registered a e1 9", "registered a e2 1", "rejected a");
  }

  @Test
  void whatLeftStaysGone() {
    said("a", "e1", 1);
    ledger.written(
        RollMap.INSTANCES, "a", new JsonObject(text("a", "e1", 2)).put("state", "left").encode());
    ledger.removed(RollMap.INSTANCES, "a");
    said("a", "e1", 2);
    said("a", "e1", 1);
    assertThat(heard)
        .containsExactly("registered a e1 1", "registered a e1 2", "rejected a", "rejected a");
  }

  @Test
  void nobodyHearsOfOneThatLeftBeforeHeLooked() {
    ledger.readBegins();
    String left = new JsonObject(text("a", "e1", 2)).put("state", "left").encode();
    ledger.readEnds(Map.of("a", left), Map.of(), Map.of());
    said("a", "e1", 1);
    assertThat(heard).containsExactly("rejected a");
  }

  @Test
  void whatVanishedMayComeBackSayingTheSame() {
    said("a", "e1", 3);
    ledger.removed(RollMap.INSTANCES, "a");
    said("a", "e1", 2);
    said("a", "e1", 3);
    assertThat(heard)
        .containsExactly("registered a e1 3", "vanished a", "rejected a", "registered a e1 3");
  }

  @Test
  void heartbeatsBelongToTheirEpochAndRise() {
    said("a", "e1", 1);
    beaten("a", "e1", 1);
    beaten("a", "e1", 1);
    beaten("a", "e2", 2);
    beaten("a", "e1", 2);
    beaten("stranger", "e1", 1);
    assertThat(heard)
        .containsExactly("registered a e1 1", "beaten a 1", "rejected a", "beaten a 2");
  }

  @Test
  void aCopiedRegistrationIsNoHeartbeat() {
    said("a", "e1", 1);
    ledger.written(RollMap.BEATS, "a", text("a", "e1", 99));
    assertThat(heard).containsExactly("registered a e1 1", "rejected a");
  }

  @Test
  void aRegistrationUnderAnotherKeyIsRejected() {
    ledger.written(RollMap.INSTANCES, "b", text("a", "e1", 1));
    assertThat(heard).containsExactly("rejected b");
  }

  @Test
  void aLostClientNamesItsInstances() {
    said("a", "e1", 1);
    ledger.written(
        RollMap.INSTANCES, "b", new JsonObject(text("b", "e1", 1)).put("client", "c7").encode());
    heard.clear();
    ledger.clientsGone(Set.of("a"));
    ledger.clientsGone(Set.of("x", "c7"));
    ledger.clientsGone(Set.of(""));
    assertThat(heard).containsExactly("disconnected a", "disconnected b");
  }

  @Test
  void aWishWaitsForItsInstance() {
    ledger.written(RollMap.OVERRIDES, "a", "{\"weight\":2}");
    assertThat(heard).isEmpty();
    said("a", "e1", 1);
    assertThat(heard).containsExactly("registered a e1 1", "overridden a 2");
  }
}

package dev.rollcall.proxy.roll;

import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.DRAINING;
import static dev.rollcall.proxy.roll.Availability.EJECTED;
import static dev.rollcall.proxy.roll.Availability.JOINING;
import static dev.rollcall.proxy.roll.Availability.SUSPECT;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateGroupsTest {

  private final CandidateGroups groups = new CandidateGroups("");

  private static Upstream upstream(String id, Tier tier, String zone, Standing standing) {
    Upstream upstream = new Upstream(InstanceDraft.of(id).tier(tier).zone(zone).made());
    upstream.standing(standing);
    return upstream;
  }

  private static Upstream primary(String id, Availability availability, boolean hard) {
    return upstream(id, Tier.PRIMARY, "", standing(availability, hard));
  }

  private static Upstream primary(String id, Availability availability) {
    return primary(id, availability, availability == DOWN);
  }

  private static Upstream backup(String id, Availability availability) {
    return upstream(id, Tier.BACKUP, "", standing(availability, availability == DOWN));
  }

  private static Standing standing(Availability availability, boolean hard) {
    return new Standing(availability, hard, "because", Instant.EPOCH);
  }

  private List<String> of(Upstream... upstreams) {
    return of(groups, upstreams);
  }

  private static List<String> of(CandidateGroups groups, Upstream... upstreams) {
    return groups.of(List.of(upstreams), Map.of(), Candidates.NONE).list().stream()
        .map(Upstream::id)
        .toList();
  }

  @Test
  void primariesThatAreUpComeFirst() {
    assertThat(of(primary("a", UP), primary("b", UP), primary("c", SUSPECT), backup("d", UP)))
        .containsExactly("a", "b");
  }

  @Test
  void backupsStepInWhenNoPrimaryIsUp() {
    assertThat(of(primary("a", SUSPECT), backup("b", UP), backup("c", UP)))
        .containsExactly("b", "c");
  }

  @Test
  void theDoubtfulStepInWhenNobodyIsUp() {
    assertThat(
            of(
                primary("a", SUSPECT),
                primary("b", EJECTED),
                primary("c", DOWN, false),
                primary("d", DOWN, true),
                primary("e", JOINING),
                primary("f", DRAINING),
                backup("g", SUSPECT)))
        .containsExactly("a", "b", "c");
    assertThat(of(primary("a", DOWN), backup("b", SUSPECT))).containsExactly("b");
  }

  @Test
  void aHardVerdictIsNeverIgnored() {
    assertThat(of(primary("a", DOWN, true), primary("b", DRAINING), primary("c", JOINING)))
        .isEmpty();
  }

  @Test
  void panicIgnoresSoftVerdictsWhenFewerThanHalfLookHealthy() {
    assertThat(of(primary("a", UP), primary("b", EJECTED), primary("c", DOWN, false)))
        .containsExactly("a", "b", "c");
    assertThat(of(primary("a", UP), primary("b", EJECTED))).containsExactly("a");
  }

  @Test
  void thoseWithAHardVerdictDontBringPanicAbout() {
    assertThat(
            of(
                primary("a", UP),
                primary("b", EJECTED),
                primary("c", DOWN, true),
                primary("d", DOWN, true)))
        .containsExactly("a");
  }

  @Test
  void weightZeroTakesNothing() {
    Upstream none = primary("a", UP);
    none.wish(new InstanceOverride(0, false, "ann", "now"));
    assertThat(of(none, primary("b", UP))).containsExactly("b");
    assertThat(of(none)).isEmpty();
    assertThat(of(none, backup("b", UP))).containsExactly("b");
  }

  @Test
  void trafficStaysInItsZoneWhileAtLeastHalfOfItIsUp() {
    CandidateGroups east = new CandidateGroups("east");
    Upstream e1 = upstream("e1", Tier.PRIMARY, "east", standing(UP, false));
    Upstream e2 = upstream("e2", Tier.PRIMARY, "east", standing(UP, false));
    Upstream e3 = upstream("e3", Tier.PRIMARY, "east", standing(DOWN, true));
    Upstream w1 = upstream("w1", Tier.PRIMARY, "west", standing(UP, false));

    assertThat(of(east, e1, e2, e3, w1)).containsExactly("e1", "e2");
    e2.standing(standing(DOWN, true));
    assertThat(of(east, e1, e2, e3, w1)).containsExactly("e1", "w1");
    assertThat(of(new CandidateGroups("north"), e1, w1)).containsExactly("e1", "w1");
  }

  @Test
  void theSameCandidatesAreTheSameObject() {
    List<Upstream> two = List.of(primary("a", UP), primary("b", UP));
    Candidates before = groups.of(two, Map.of(), Candidates.NONE);
    assertThat(groups.of(two, Map.of(), before)).isSameAs(before);
    assertThat(groups.of(two, Map.of(two.get(0), 0.5), before)).isNotSameAs(before);
  }
}

package dev.rollcall.proxy.roll;

import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.EJECTED;
import static dev.rollcall.proxy.roll.Availability.JOINING;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Roll roll = new Roll(settled("quiet", "/quiet"), (InstantSource) () -> now);
  private final List<String> told = new ArrayList<>();

  private static RollOptions settled(String service, String route) {
    return new RollOptions(
        "", Map.of(service, List.of(RouteRule.of(route))), ClaimLimits.NONE, Map.of());
  }

  @BeforeEach
  void listen() {
    roll.onTransition(flip -> told.add(flip.from() + ">" + flip.to() + " " + flip.reason()));
  }

  private static Instance at(String id, String epoch, int port, InstanceOverride echo) {
    return InstanceDraft.of(id)
        .epoch(epoch)
        .seq(2)
        .endpoint(new Endpoint("host", port))
        .override(echo)
        .made();
  }

  private Upstream up(String id) {
    Upstream upstream = roll.enrol(TestUpstreams.instance(id, id));
    roll.stand(upstream, UP, false, "well");
    return upstream;
  }

  @Test
  void theSameStartAtTheSamePlaceIsTheSameUpstream() {
    Upstream first = roll.enrol(at("a", "1", 1, null));
    assertThat(roll.enrol(at("a", "1", 1, null))).isSameAs(first);
    assertThat(told).containsExactly("JOINING>JOINING registered");
  }

  @Test
  void anotherStartOrPlaceIsAnotherAndEndsTheOneBefore() {
    Upstream first = roll.enrol(at("a", "1", 1, null));
    Upstream second = roll.enrol(at("a", "2", 1, null));
    Upstream third = roll.enrol(at("a", "2", 9, null));

    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    assertThat(first.availability()).isEqualTo(DOWN);
    assertThat(told)
        .containsExactly(
            "JOINING>JOINING registered",
            "JOINING>DOWN replaced by a (host:1)",
            "JOINING>JOINING registered",
            "JOINING>DOWN replaced by a (host:9)",
            "JOINING>JOINING registered");
    assertThat(roll.upstreams()).containsExactly(third);
  }

  @Test
  void aFlipIsToldAfterTheSnapshotShowsIt() {
    List<Integer> seen = new ArrayList<>();
    roll.onTransition(flip -> seen.add(roll.snapshot().service("hello").candidates().size()));
    Upstream a = up("a");
    roll.stand(a, DOWN, true, "gone");

    assertThat(seen).containsExactly(0, 1, 0);
  }

  @Test
  void aNewReasonForTheSameStateIsNotedAndNotTold() {
    Upstream a = up("a");
    Instant since = a.standing().since();
    told.clear();
    now = now.plusSeconds(5);

    roll.stand(a, UP, false, "better");

    assertThat(told).isEmpty();
    assertThat(a.standing().reason()).isEqualTo("better");
    assertThat(a.standing().since()).isEqualTo(since);
  }

  @Test
  void whoIsStruckOffIsDownForAllWhoHeldIt() {
    Upstream a = up("a");
    roll.strike(a, "left");

    assertThat(a.availability()).isEqualTo(DOWN);
    assertThat(roll.snapshot().service("hello").upstreams()).isEmpty();
    assertThat(told).last().isEqualTo("UP>DOWN left");
    roll.stand(a, UP, false, "late word");
    assertThat(a.availability()).isEqualTo(DOWN);
  }

  @Test
  void aServiceThatNobodyServesKeepsItsRoute() {
    assertThat(roll.snapshot().routes().find("", "/")).isNull();
    roll.strike(up("a"), "left");

    assertThat(roll.snapshot().routes().find("", "/x").service()).isEqualTo("hello");
    assertThat(roll.snapshot().service("hello").candidates().isEmpty()).isTrue();
  }

  @Test
  void aServiceOfTheSettingsHasItsRouteBeforeAnybodyServesIt() {
    assertThat(roll.snapshot().routes().find("", "/quiet").service()).isEqualTo("quiet");
    assertThat(roll.snapshot().service("quiet").candidates().isEmpty()).isTrue();
  }

  @Test
  void theWishHeardWinsOverTheOneEchoed() {
    Upstream a = roll.enrol(at("a", "1", 1, new InstanceOverride(5, true, "ann", "then")));
    assertThat(a.weight()).isEqualTo(5);
    assertThat(a.wish().drain()).isTrue();

    roll.override("a", new InstanceOverride(null, false, "ann", "now"));

    assertThat(a.weight()).isEqualTo(1);
    assertThat(a.wish().drain()).isFalse();
  }

  @Test
  void aWishHeardBeforeItsInstanceWaitsForIt() {
    roll.override("a", new InstanceOverride(7, false, "ann", "now"));
    assertThat(roll.enrol(at("a", "1", 1, null)).weight()).isEqualTo(7);
  }

  @Test
  void aTrialIsClaimedOnceAndIsNoCandidate() {
    Upstream a = up("a");
    Upstream b = up("b");
    roll.stand(a, EJECTED, false, "fails");

    roll.tryOnce(a);

    ServiceRoll service = roll.snapshot().service("hello");
    assertThat(service.candidates().list()).containsExactly(b);
    assertThat(service.trial().claim()).isSameAs(a);
    assertThat(service.trial().claim()).isNull();
    roll.enrol(TestUpstreams.instance("c", "c"));
    assertThat(roll.snapshot().service("hello").trial()).isNull();
  }

  @Test
  void aTrialThatIsWithdrawnIsOfferedNoMore() {
    Upstream a = up("a");
    roll.withdraw(roll.tryOnce(a));
    assertThat(roll.snapshot().service("hello").trial()).isNull();
  }

  @Test
  void joiningTakesNothing() {
    Upstream a = roll.enrol(TestUpstreams.instance("a", "a"));
    assertThat(a.availability()).isEqualTo(JOINING);
    assertThat(roll.snapshot().service("hello").candidates().isEmpty()).isTrue();
  }
}

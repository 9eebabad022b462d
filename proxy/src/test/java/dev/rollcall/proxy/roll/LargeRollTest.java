package dev.rollcall.proxy.roll;

import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.SUSPECT;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A roll of many: what is built in parts and together is what would be built at once and alone. */
class LargeRollTest {

  private static final int MANY = 1000;

  private final InstantSource wall = () -> Instant.EPOCH;
  private long now;
  private final Roll roll = new Roll(RollOptions.DEFAULT, wall, () -> now);

  private Candidates candidates() {
    return roll.snapshot().service("hello").candidates();
  }

  private List<Upstream> many() {
    List<Upstream> upstreams = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      upstreams.add(roll.enrol(TestUpstreams.instance("u%04d".formatted(i), "u" + i)));
      roll.stand(upstreams.get(i), UP, false, "well");
    }
    roll.flush();
    return upstreams;
  }

  @Test
  void theFirstChangeAfterAPauseIsShownAtOnce() {
    List<Upstream> all = many();
    now += 1_000_000;
    roll.stand(all.get(3), DOWN, true, "refused");

    assertThat(candidates().size()).isEqualTo(MANY - 1);
  }

  @Test
  void aBurstIsShownTogether() {
    List<Upstream> all = many();
    Snapshot before = roll.snapshot();
    for (int i = 0; i < 100; i++) {
      roll.stand(all.get(i), DOWN, true, "refused");
    }
    assertThat(roll.snapshot()).isSameAs(before);
    roll.flush();
    assertThat(candidates().size()).isEqualTo(MANY - 100);
  }

  @Test
  void aFlipIsToldWithTheSnapshotThatShowsItAndInOrder() {
    List<Upstream> all = many();
    List<String> told = new ArrayList<>();
    roll.onTransition(
        flip ->
            told.add(flip.upstream().id() + flip.to() + candidates().contains(flip.upstream())));
    roll.stand(all.get(1), SUSPECT, false, "late");
    roll.stand(all.get(2), DOWN, true, "refused");
    roll.stand(all.get(1), UP, false, "well");
    assertThat(told).isEmpty();

    roll.flush();
    roll.flush();

    assertThat(told).containsExactly("u0001SUSPECTtrue", "u0002DOWNfalse", "u0001UPtrue");
  }

  @Test
  void whoWaitsUntilItIsSettledGetsWhatWasHeldBack() {
    List<Upstream> all = many();
    roll.stand(all.get(1), DOWN, true, "refused");
    assertThat(roll.settled().succeeded()).isTrue();
    assertThat(candidates().size()).isEqualTo(MANY - 1);
  }

  @Test
  void partsThatDidNotChangeAreTheSameObjects() {
    roll.enrol(TestUpstreams.instance("a", "a"));
    Upstream other = roll.enrol(of("b", "other", List.of("/b"), InstanceState.UP, 1));
    ServiceRoll hello = roll.snapshot().service("hello");
    RouteTable routes = roll.snapshot().routes();
    roll.stand(other, UP, false, "well");

    assertThat(roll.snapshot().service("hello")).isSameAs(hello);
    assertThat(roll.snapshot().routes()).isSameAs(routes);
    assertThat(roll.snapshot().service("other").candidates().size()).isEqualTo(1);
  }

  @Test
  void whoDrainsIsKnown() {
    roll.enrol(of("a", "hello", List.of("/"), InstanceState.UP, 1));
    Upstream b = roll.enrol(of("b", "hello", List.of("/"), InstanceState.DRAINING, 1));
    assertThat(roll.draining()).containsExactly(b);
    roll.enrol(of("b", "hello", List.of("/"), InstanceState.UP, 2));
    assertThat(roll.draining()).isEmpty();
    roll.enrol(of("b", "hello", List.of("/"), InstanceState.DRAINING, 3));
    roll.strike(b, "left");
    assertThat(roll.draining()).isEmpty();
  }

  /** Any history leads to the snapshot that a new roll of the same members has. */
  @Test
  void theSnapshotIsThatOfANewRollWhateverHappenedBefore() {
    Random random = new Random(42);
    for (int step = 1; step <= 600; step++) {
      String id = "u" + random.nextInt(12);
      Upstream known = roll.find(id);
      switch (random.nextInt(5)) {
        case 0, 1 ->
            roll.enrol(
                of(
                    id,
                    "s" + random.nextInt(3),
                    List.of("/" + random.nextInt(3), "/" + random.nextInt(3)),
                    InstanceState.UP,
                    step));
        case 2 -> {
          if (known != null) {
            roll.strike(known, "left");
          }
        }
        case 3 ->
            roll.override(
                id, new InstanceOverride(random.nextInt(3), false, "ann", "step " + step));
        default -> {
          if (known != null) {
            roll.stand(known, Availability.values()[random.nextInt(6)], false, "step " + step);
          }
        }
      }
      assertLikeNew();
    }
  }

  private void assertLikeNew() {
    SnapshotBuilder anew = new SnapshotBuilder(RollOptions.DEFAULT);
    Membership all = new Membership();
    roll.upstreams().forEach(all::add);
    Snapshot expected = anew.build(all, Map.of(), Map.of(), Snapshot.EMPTY);
    expected
        .services()
        .forEach(
            (name, service) -> {
              ServiceRoll present = roll.snapshot().service(name);
              assertThat(present.upstreams()).isEqualTo(service.upstreams());
              assertThat(present.candidates().list()).isEqualTo(service.candidates().list());
              assertThat(present.candidates().weights())
                  .containsExactly(service.candidates().weights());
              assertThat(present.takers()).isEqualTo(service.takers());
            });
    assertThat(roll.snapshot().routes().routes()).containsAll(expected.routes().routes());
  }

  private static Instance of(
      String id, String service, List<String> routes, InstanceState state, long seq) {
    return InstanceDraft.of(id).service(service).routes(routes).state(state).seq(seq).made();
  }
}

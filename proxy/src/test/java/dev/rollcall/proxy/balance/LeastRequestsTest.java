package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeastRequestsTest {

  private final Random random = new Random(42);
  private final LeastRequests policy = new LeastRequests(() -> random);

  @Test
  void takesTheLeastBusy() {
    List<Upstream> three = upstreams(3);
    busy(three.get(0), 3);
    busy(three.get(1), 1);
    busy(three.get(2), 2);

    assertThat(Picks.many(policy, candidates(three), 20)).containsOnly(three.get(1));
  }

  @Test
  void countsInFlightRelativeToWeight() {
    List<Upstream> two = upstreams(2);
    busy(two.get(0), 2);
    busy(two.get(1), 11);

    assertThat(Picks.one(policy, candidates(two, 1, 5))).isSameAs(two.get(0));
    assertThat(Picks.one(policy, candidates(two, 1, 6))).isSameAs(two.get(1));
  }

  @Test
  void fillsAllByWeight() {
    Candidates weighted = candidates(upstreams(3), 5, 1, 2);
    for (int i = 0; i < 80; i++) {
      Picks.one(policy, weighted).traffic().opened();
    }
    assertThat(weighted.list()).extracting(u -> u.traffic().inFlight()).containsExactly(50, 10, 20);
  }

  @Test
  void showsNamesInTurnWhileIdle() {
    Candidates four = candidates(upstreams(4));

    assertThat(Picks.many(policy, four, 4)).containsExactlyInAnyOrderElementsOf(four.list());
  }

  @Test
  void doesNotFavourTheNeighbourOfABusyOne() {
    List<Upstream> five = upstreams(5);
    busy(five.get(1), 9);
    Map<Upstream, Integer> counts = Picks.counts(Picks.many(policy, candidates(five), 20_000));

    assertThat(counts.remove(five.get(1))).isNull();
    Picks.assertByWeight(
        counts, candidates(List.of(five.get(0), five.get(2), five.get(3), five.get(4))));
  }

  @Test
  void drawsRetriesByWeightAmongEquals() {
    Candidates weighted = candidates(upstreams(4), 1, 2, 3, 4);
    Map<Upstream, Integer> counts = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      Upstream next = policy.select(weighted, RequestFacts.NONE, Set.of(weighted.get(3)));
      counts.merge(next, 1, Integer::sum);
    }
    Picks.assertByWeight(counts, candidates(weighted.list().subList(0, 3), 1, 2, 3));
  }

  @Test
  void neverTakesATriedOne() {
    Picks.assertNeverTried(policy, upstreams(4));
  }

  @Test
  void takesAnIdleOneOfManyWhoseTurnIsNext() {
    List<Upstream> many = upstreams(100);
    many.stream().filter(u -> !u.id().endsWith("0")).forEach(u -> busy(u, 1));

    // Turns are spread out: nine in ten are busy, and up to eight are looked at.
    long idle =
        Picks.many(policy, candidates(many), 1000).stream()
            .filter(u -> u.traffic().inFlight() == 0)
            .count();
    assertThat(idle).isGreaterThan(400);
  }

  @Test
  void fillsManyNearlyEvenly() {
    Candidates many = candidates(upstreams(500));
    for (int i = 0; i < 5000; i++) {
      Picks.one(policy, many).traffic().opened();
    }
    assertThat(many.list())
        .extracting(u -> u.traffic().inFlight())
        .allMatch(n -> n >= 8 && n <= 12);
  }

  @Test
  void previewsWhatIsChosenOfMany() {
    List<Upstream> many = upstreams(100);
    many.stream().filter(u -> u.id().compareTo("u040") < 0).forEach(u -> busy(u, 2));
    Candidates candidates = candidates(many);
    for (int i = 0; i < 200; i++) {
      Upstream announced = policy.preview(candidates, RequestFacts.NONE).upstream();
      assertThat(Picks.one(policy, candidates)).isSameAs(announced);
    }
  }

  private static void busy(Upstream upstream, int requests) {
    for (int i = 0; i < requests; i++) {
      upstream.traffic().opened();
    }
  }
}

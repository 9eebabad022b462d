package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.balance.Picks.counts;
import static dev.rollcall.proxy.balance.Picks.many;
import static dev.rollcall.proxy.balance.Picks.one;
import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RoundRobinTest {

  private final Random random = new Random(42);

  @Test
  void showsFourNamesInTurn() {
    RoundRobin policy = new RoundRobin(() -> random);
    Candidates four = candidates(upstreams(4));

    List<Upstream> eight = many(policy, four, 8);

    assertThat(eight.subList(0, 4)).containsExactlyInAnyOrderElementsOf(four.list());
    assertThat(eight.subList(4, 8)).isEqualTo(eight.subList(0, 4));
  }

  @Test
  void sharesOnePositionBetweenThreads() throws InterruptedException {
    RoundRobin policy = new RoundRobin(() -> random);
    Candidates four = candidates(upstreams(4));
    many(policy, four, 1);
    ConcurrentLinkedQueue<Upstream> picked = new ConcurrentLinkedQueue<>();
    List<Thread> loops = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 4; i++) {
      Thread loop =
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  return;
                }
                picked.addAll(many(policy, four, 1000));
              });
      loop.start();
      loops.add(loop);
    }
    go.countDown();
    for (Thread loop : loops) {
      loop.join();
    }
    assertThat(counts(picked).values()).hasSize(4).containsOnly(1000);
  }

  @Test
  void goesOnInTurnWhenThePositionWraps() {
    RoundRobin policy = new RoundRobin(() -> random, Integer.MAX_VALUE - 100);
    Candidates four = candidates(upstreams(4));

    assertThat(counts(many(policy, four, 200)).values()).hasSize(4).containsOnly(50);
  }

  @Test
  void keepsWeightsExactOverAPeriod() {
    RoundRobin policy = new RoundRobin(() -> random);
    List<Upstream> three = upstreams(3);

    Map<Upstream, Integer> counts = counts(many(policy, candidates(three, 10, 3, 7), 20));

    assertThat(counts)
        .containsEntry(three.get(0), 10)
        .containsEntry(three.get(1), 3)
        .containsEntry(three.get(2), 7);
  }

  @Test
  void goesOnInTurnWhenTheSnapshotIsNewButTheSame() {
    RoundRobin policy = new RoundRobin(() -> random);
    List<Upstream> four = upstreams(4);
    List<Upstream> picked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      picked.addAll(many(policy, candidates(four), 1));
    }
    for (int i = 4; i < 40; i++) {
      assertThat(picked.get(i)).isSameAs(picked.get(i - 4));
    }
  }

  @Test
  void doesNotFavourAnyoneWhenTheRollChangesInStepWithTheTraffic() {
    RoundRobin policy = new RoundRobin(() -> random);
    List<Upstream> four = upstreams(4);
    Map<Upstream, Integer> ofTwo = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      ofTwo.merge(one(policy, candidates(four.subList(0, 2))), 1, Integer::sum);
      one(policy, candidates(four));
    }
    assertThat(ofTwo.get(four.get(0))).isCloseTo(5_000, within(250));
  }

  @Test
  void doesNotFavourAnyPlaceWhenMembersComeAndGo() {
    RoundRobin policy = new RoundRobin(() -> random);
    List<Upstream> eight = upstreams(8);
    double[] expected = new double[8];
    Map<Upstream, Integer> counts = new HashMap<>();
    for (int change = 0; change < 20_000; change++) {
      List<Upstream> some = eight.stream().filter(u -> random.nextInt(3) > 0).toList();
      if (some.isEmpty()) {
        continue;
      }
      int picks = 1 + random.nextInt(5);
      some.forEach(u -> expected[eight.indexOf(u)] += (double) picks / some.size());
      many(policy, candidates(some), picks).forEach(u -> counts.merge(u, 1, Integer::sum));
    }
    for (int i = 0; i < 8; i++) {
      assertThat((double) counts.get(eight.get(i)))
          .isCloseTo(expected[i], within(expected[i] * 0.03));
    }
  }

  @Test
  void neverTakesATriedOne() {
    Picks.assertNeverTried(new RoundRobin(() -> random), upstreams(4));
  }

  @Test
  void spreadsTheRetriesOfADeadOneEvenly() {
    RoundRobin policy = new RoundRobin(() -> random);
    List<Upstream> four = upstreams(4);
    Upstream dead = four.get(1);
    Map<Upstream, Integer> served = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      Upstream first = one(policy, candidates(four));
      Upstream last =
          first == dead ? policy.select(candidates(four), RequestFacts.NONE, Set.of(dead)) : first;
      served.merge(last, 1, Integer::sum);
    }
    assertThat(served.values()).hasSize(3).allSatisfy(n -> assertThat(n).isBetween(990, 1010));
  }
}

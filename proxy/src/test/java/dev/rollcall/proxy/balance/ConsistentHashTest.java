package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.TestUpstreams;
import dev.rollcall.proxy.roll.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsistentHashTest {

  private static final int KEYS = 20_000;

  private final Random random = new Random(42);
  private final ConsistentHash policy = hash(RequestKey.header("x-key"), true);

  @Test
  void sendsAKeyAlwaysToTheSame() {
    Candidates four = candidates(upstreams(4));

    assertThat(homes(hash(RequestKey.header("x-key"), true), four)).isEqualTo(homes(policy, four));
  }

  @Test
  void spreadsKeysEvenly() {
    Candidates seven = candidates(upstreams(7));

    Picks.assertByWeight(Picks.counts(homes(policy, seven).values()), seven);
  }

  @Test
  void spreadsKeysByWeight() {
    Candidates weighted = candidates(upstreams(5), 1, 7, 0, 3, 20);

    Picks.assertByWeight(Picks.counts(homes(policy, weighted).values()), weighted);
  }

  @Test
  void movesOnlyTheKeysOfOneThatLeaves() {
    List<Upstream> six = upstreams(6);
    Upstream gone = six.get(2);
    List<Upstream> five = new ArrayList<>(six);
    five.remove(gone);
    Map<Integer, Upstream> before = homes(policy, candidates(six));
    Map<Integer, Upstream> after = homes(policy, candidates(five));

    Map<Upstream, Integer> heirs = new HashMap<>();
    before.forEach(
        (key, home) -> {
          if (home == gone) {
            heirs.merge(after.get(key), 1, Integer::sum);
          } else {
            assertThat(after.get(key)).isSameAs(home);
          }
        });
    Picks.assertByWeight(heirs, candidates(five));
  }

  @Test
  void movesKeysOnlyToAHeavierOneWhenWeightsRise() {
    List<Upstream> four = upstreams(4);
    Map<Integer, Upstream> before = homes(policy, candidates(four, 1, 2, 3, 4));
    Map<Integer, Upstream> after = homes(policy, candidates(four, 1, 5, 3, 4));

    before.forEach((key, home) -> assertThat(after.get(key)).isIn(home, four.get(1)));
    assertThat(Picks.counts(after.values()).get(four.get(1)))
        .isGreaterThan(Picks.counts(before.values()).get(four.get(1)));
  }

  @Test
  void givesARestartedInstanceItsKeysBack() {
    Upstream first = TestUpstreams.upstream("web-1-aaaa", "web-1");
    Upstream again = TestUpstreams.upstream("web-1-zzzz", "web-1");
    Upstream other = TestUpstreams.upstream("web-2-bbbb", "web-2");
    Map<Integer, Upstream> before = homes(policy, candidates(List.of(first, other)));
    Map<Integer, Upstream> after = homes(policy, candidates(List.of(again, other)));

    before.forEach(
        (key, home) -> assertThat(after.get(key)).isSameAs(home == first ? again : other));
  }

  @Test
  void sharesKeysBetweenInstancesOfOneName() {
    Candidates twins =
        candidates(List.of(TestUpstreams.upstream("a", "web"), TestUpstreams.upstream("b", "web")));

    Picks.assertByWeight(Picks.counts(homes(policy, twins).values()), twins);
  }

  @Test
  void passesAFullOneOverToTheNextInLine() {
    Candidates four = candidates(upstreams(4));
    Facts hot = Facts.header("x-key", "hot");
    for (int i = 0; i < 400; i++) {
      Picks.one(policy, four, hot).traffic().opened();
    }
    assertThat(four.list()).allSatisfy(u -> assertThat(u.traffic().inFlight()).isBetween(16, 126));
  }

  @Test
  void boundsByWeight() {
    Candidates four = candidates(upstreams(4), 10, 10, 10, 70);
    Facts hot = Facts.header("x-key", "hot");
    for (int i = 0; i < 1000; i++) {
      Picks.one(policy, four, hot).traffic().opened();
    }
    for (int i = 0; i < 4; i++) {
      assertThat(four.get(i).traffic().inFlight())
          .isLessThanOrEqualTo((int) Math.ceil(1.25 * 1000 * four.weights()[i] / 100));
    }
  }

  @Test
  void keepsAHandfulOfRequestsTogether() {
    Candidates four = candidates(upstreams(4));
    Facts browser = Facts.header("x-key", "browser");
    Upstream home = Picks.one(policy, four, browser);
    for (int i = 0; i < 16; i++) {
      Upstream chosen = Picks.one(policy, four, browser);
      assertThat(chosen).isSameAs(home);
      chosen.traffic().opened();
    }
  }

  @Test
  void staysWithTheAddressAtAnyLoadWhenUnbounded() {
    ConsistentHash byAddress = hash(RequestKey.address(), false);
    Candidates four = candidates(upstreams(4));
    Facts office = Facts.address("198.51.100.7");
    Upstream home = Picks.one(byAddress, four, office);
    for (int i = 0; i < 400; i++) {
      home.traffic().opened();
    }
    assertThat(Picks.one(byAddress, four, office)).isSameAs(home);
  }

  @Test
  void takesTurnsWithoutAKey() {
    Candidates four = candidates(upstreams(4));

    assertThat(Picks.many(policy, four, 4)).containsExactlyInAnyOrderElementsOf(four.list());
  }

  @Test
  void retriesOfOneHomeSpreadOverAllOthers() {
    List<Upstream> four = upstreams(4);
    Upstream dead = four.get(0);
    Map<Upstream, Integer> counts = new HashMap<>();
    for (int key = 0; key < KEYS; key++) {
      counts.merge(
          policy.select(candidates(four), Facts.header("x-key", "k" + key), Set.of(dead)),
          1,
          Integer::sum);
    }
    Picks.assertByWeight(counts, candidates(four.subList(1, 4)));
  }

  @Test
  void neverTakesATriedOne() {
    Picks.assertNeverTried(hash(RequestKey.address(), true), upstreams(4));
    Picks.assertNeverTried(hash(RequestKey.address(), false), upstreams(4));
  }

  private ConsistentHash hash(RequestKey key, boolean bounded) {
    return new ConsistentHash("hash", key, bounded, () -> random);
  }

  private static Map<Integer, Upstream> homes(SelectionPolicy policy, Candidates candidates) {
    Map<Integer, Upstream> homes = new HashMap<>();
    for (int key = 0; key < KEYS; key++) {
      homes.put(key, Picks.one(policy, candidates, Facts.header("x-key", "k" + key)));
    }
    return homes;
  }
}

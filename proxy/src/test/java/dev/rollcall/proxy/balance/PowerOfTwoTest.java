package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PowerOfTwoTest {

  private final Random random = new Random(42);
  private final PowerOfTwo policy = new PowerOfTwo(() -> random);

  @Test
  void drawsByWeightWhileIdle() {
    Candidates weighted = candidates(upstreams(4), 1, 10, 0, 5);

    Picks.assertByWeight(Picks.counts(Picks.many(policy, weighted, 50_000)), weighted);
  }

  @Test
  void neverTakesTheBusiest() {
    List<Upstream> three = upstreams(3);
    three.get(2).traffic().opened();

    assertThat(Picks.many(policy, candidates(three), 1000))
        .contains(three.get(0), three.get(1))
        .doesNotContain(three.get(2));
  }

  @Test
  void staysFarMoreEvenThanChance() {
    Candidates many = candidates(upstreams(100));
    for (int i = 0; i < 10_000; i++) {
      Picks.one(policy, many).traffic().opened();
    }
    // ln ln 100 / ln 2 = 2.2 above the average of 100; chance alone would give about 130.
    assertThat(many.list()).allSatisfy(u -> assertThat(u.traffic().inFlight()).isBetween(90, 105));
  }

  @Test
  void fillsByWeight() {
    Candidates weighted = candidates(upstreams(3), 5, 1, 2);
    for (int i = 0; i < 800; i++) {
      Picks.one(policy, weighted).traffic().opened();
    }
    assertThat(weighted.get(0).traffic().inFlight()).isBetween(480, 520);
    assertThat(weighted.get(1).traffic().inFlight()).isBetween(90, 110);
  }

  @Test
  void takesTheOnlyOne() {
    List<Upstream> one = upstreams(1);

    assertThat(Picks.one(policy, candidates(one))).isSameAs(one.get(0));
  }

  @Test
  void neverTakesATriedOne() {
    Picks.assertNeverTried(policy, upstreams(4));
  }
}

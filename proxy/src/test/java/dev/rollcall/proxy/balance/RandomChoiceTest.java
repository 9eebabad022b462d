package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;

import dev.rollcall.proxy.roll.Candidates;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomChoiceTest {

  private final Random random = new Random(42);
  private final RandomChoice policy = new RandomChoice(() -> random);

  @Test
  void drawsByWeight() {
    Candidates weighted = candidates(upstreams(4), 1, 10, 0, 5);

    Picks.assertByWeight(Picks.counts(Picks.many(policy, weighted, 50_000)), weighted);
  }

  @Test
  void neverTakesATriedOne() {
    Picks.assertNeverTried(policy, upstreams(4));
  }
}

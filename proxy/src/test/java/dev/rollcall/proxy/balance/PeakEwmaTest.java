package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeakEwmaTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Random random = new Random(42);
  private final PeakEwma policy = new PeakEwma(() -> random);

  @Test
  void prefersWhoAnswersSooner() {
    List<Upstream> two = upstreams(2);
    two.get(0).traffic().answered(200, 400 * MILLI);
    two.get(1).traffic().answered(200, 10 * MILLI);

    assertThat(Picks.many(policy, candidates(two), 100)).containsOnly(two.get(1));
  }

  @Test
  void weighsLatencyAgainstInFlight() {
    List<Upstream> two = upstreams(2);
    two.get(0).traffic().answered(200, 400 * MILLI);
    two.get(1).traffic().answered(200, 10 * MILLI);
    for (int i = 0; i < 60; i++) {
      two.get(1).traffic().opened();
    }
    assertThat(Picks.many(policy, candidates(two), 100)).containsOnly(two.get(0));
  }

  @Test
  void givesAnUnknownOneASingleRequestUntilItAnswers() {
    List<Upstream> two = upstreams(2);
    two.get(0).traffic().answered(200, 50 * MILLI);

    assertThat(Picks.one(policy, candidates(two))).isSameAs(two.get(1));
    two.get(1).traffic().opened();
    assertThat(Picks.many(policy, candidates(two), 100)).containsOnly(two.get(0));
  }

  @Test
  void isNotAttractedByOneThatFailsFast() {
    List<Upstream> two = upstreams(2);
    two.get(0).traffic().answered(200, 20 * MILLI);
    for (int i = 0; i < 5; i++) {
      two.get(1).traffic().answered(503, MILLI / 10);
      two.get(1).traffic().failed();
    }
    assertThat(Picks.many(policy, candidates(two), 100)).containsOnly(two.get(0));
  }

  @Test
  void givesAQuarterAsFastOneAQuarterOfTheRequestsUnderLoad() {
    Candidates four = candidates(upstreams(4));
    Queue<Upstream> answers = new ArrayDeque<>();
    Map<Upstream, Integer> counts = new HashMap<>();
    Map<Upstream, Integer> progress = new HashMap<>();
    four.list().forEach(u -> u.traffic().answered(200, latency(four, u)));
    for (int step = 0; step < 20_000; step++) {
      Upstream chosen = Picks.one(policy, four);
      chosen.traffic().opened();
      counts.merge(chosen, 1, Integer::sum);
      answers.add(chosen);
      while (answers.size() > 40) {
        finishOne(four, answers, progress);
      }
    }
    double slow = counts.get(four.get(0));
    double fast = counts.get(four.get(1));
    // About: what is remembered of answers fades by the real clock, and the draws with it.
    assertThat(slow / fast).isBetween(0.1, 0.4);
  }

  /** The slow one needs four rounds for what the others do in one. */
  private void finishOne(
      Candidates four, Queue<Upstream> answers, Map<Upstream, Integer> progress) {
    Upstream next = answers.remove();
    if (next == four.get(0) && progress.merge(next, 1, Integer::sum) % 4 != 0) {
      answers.add(next);
      answers.remove();
      return;
    }
    next.traffic().answered(200, latency(four, next));
    next.traffic().closed();
  }

  private static long latency(Candidates four, Upstream upstream) {
    return upstream == four.get(0) ? 40 * MILLI : 10 * MILLI;
  }

  @Test
  void neverTakesATriedOne() {
    Picks.assertNeverTried(policy, upstreams(4));
  }
}

package dev.rollcall.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void spreadsWeightsLikeNginx() {
    assertThat(letters(Schedule.of(new int[] {5, 1, 1}))).isEqualTo("aabacaa");
  }

  @Test
  void takesEqualWeightsInTurn() {
    assertThat(letters(Schedule.of(new int[] {7, 7, 7, 7}))).isEqualTo("abcd");
  }

  @Test
  void givesEachExactlyItsWeightOverAnyPeriodWhateverTheKind() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      int[] weights = weights(random, 1 + random.nextInt(60), 1 + random.nextInt(1000));
      int start = random.nextInt(1 << 20);
      assertExact(Schedule.of(weights), weights, start);
      assertExact(new StrideSchedule(weights), weights, start);
    }
  }

  @Test
  void staysSmallForManyCandidatesOfManyWeights() {
    int[] weights = IntStream.range(0, 500).map(i -> 501 + i % 499).toArray();

    Schedule schedule = Schedule.of(weights);

    assertThat(schedule).isInstanceOf(StrideSchedule.class);
    assertExact(schedule, weights, 0);
  }

  @Test
  void smoothTurnsAreNeverAWholeTurnAheadOfTheirShareForTwoCandidates() {
    for (int heavy = 1; heavy < 40; heavy++) {
      assertLag(Schedule.of(new int[] {heavy, 7}), new int[] {heavy, 7}, 1);
    }
  }

  @Test
  void smoothTurnsStayCloseToTheirShare() {
    Random random = new Random(2);
    for (int round = 0; round < 200; round++) {
      int[] weights = weights(random, 2 + random.nextInt(8), 20);
      assertLag(Schedule.of(weights), weights, 2);
    }
  }

  @Test
  void strideTurnsStayCloseToTheirShare() {
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      int[] weights = weights(random, 2 + random.nextInt(30), 300);
      assertLag(new StrideSchedule(weights), weights, 5);
      assertWaits(new StrideSchedule(weights), weights, 3);
    }
  }

  @Test
  void goesOnInTurnWhenThePositionTurnsNegative() {
    Schedule schedule = Schedule.of(new int[] {1, 1, 1, 1});

    assertThat(schedule.at(Integer.MAX_VALUE)).isEqualTo(3);
    assertThat(schedule.at(Integer.MIN_VALUE)).isEqualTo(0);
    assertThat(schedule.at(-1)).isEqualTo(3);
    assertThat(new StrideSchedule(new int[] {3, 0, 4}).at(-1)).isIn(0, 2);
  }

  @Test
  void neverTakesOneOfWeightZero() {
    int[] weights = {0, 3, 0, 0, 5, 0};
    for (Schedule schedule :
        new Schedule[] {new SmoothSchedule(weights, 8), new StrideSchedule(weights)}) {
      for (int position = -20; position < 20; position++) {
        assertThat(weights[schedule.at(position)]).isPositive();
      }
    }
  }

  private static int[] weights(Random random, int count, int bound) {
    int[] weights = IntStream.range(0, count).map(i -> random.nextInt(bound + 1)).toArray();
    weights[random.nextInt(count)] = bound;
    return weights;
  }

  private static void assertExact(Schedule schedule, int[] weights, int start) {
    int period = schedule.period();
    int times = Arrays.stream(weights).sum() / period;
    int[] turns = new int[weights.length];
    for (int i = 0; i < period; i++) {
      turns[schedule.at(start + i)] += times;
    }
    assertThat(turns).isEqualTo(weights);
  }

  /** At each point of the period, each has had its share of the turns so far, give or take. */
  private static void assertLag(Schedule schedule, int[] weights, double most) {
    double all = Arrays.stream(weights).sum();
    int[] turns = new int[weights.length];
    for (int turn = 0; turn < schedule.period(); turn++) {
      turns[schedule.at(turn)]++;
      for (int i = 0; i < weights.length; i++) {
        double share = (turn + 1) * weights[i] / all;
        assertThat(Math.abs(turns[i] - share))
            .as("turn %d of %d in %s", turn, i, Arrays.toString(weights))
            .isLessThanOrEqualTo(most);
      }
    }
  }

  /** Between two turns of one lie at most so many times the turns that its weight would space. */
  private static void assertWaits(Schedule schedule, int[] weights, double most) {
    int[] last = new int[weights.length];
    Arrays.fill(last, -1);
    for (int turn = 0; turn < 2 * schedule.period(); turn++) {
      int i = schedule.at(turn);
      if (last[i] >= 0) {
        double mean = (double) schedule.period() / weights[i];
        assertThat((turn - last[i]) / mean).isLessThanOrEqualTo(most);
      }
      last[i] = turn;
    }
  }

  private static String letters(Schedule schedule) {
    return IntStream.range(0, schedule.period())
        .mapToObj(i -> String.valueOf((char) ('a' + schedule.at(i))))
        .collect(Collectors.joining());
  }
}

package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.TestUpstreams;
import dev.rollcall.proxy.roll.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomesTest {

  private static final int SLOTS = 300;

  /** What is remembered and handed down is what a look at everybody would find. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void areTheHighestWhateverCameBefore(long seed) {
    Random random = new Random(seed);
    List<Upstream> members = new ArrayList<>(upstreams(60));
    List<Integer> weights = new ArrayList<>(members.stream().map(u -> 1).toList());
    Homes homes = null;
    for (int change = 0; change < 60; change++) {
      change(members, weights, random, change);
      Candidates now = candidates(members, weights.stream().mapToInt(Integer::intValue).toArray());
      homes = new Homes(now, homes);
      // Seldom asked, so that chunks are handed down over several changes, and some get lost.
      int asked = random.nextInt(4) == 0 ? SLOTS : 5;
      for (int i = 0; i < asked; i++) {
        int slot = random.nextInt(SLOTS) * (Slots.COUNT / SLOTS);
        assertThat(homes.of(slot)).isEqualTo(new Seeds(now).highest(slot));
      }
    }
  }

  private static void change(
      List<Upstream> members, List<Integer> weights, Random random, int number) {
    int many = random.nextInt(10) == 0 ? 25 : 1 + random.nextInt(3);
    for (int i = 0; i < many; i++) {
      int at = random.nextInt(members.size());
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          // Names are shared now and then.
          String id = "n%d-%d".formatted(number, i);
          members.add(TestUpstreams.upstream(id, random.nextInt(4) == 0 ? "twin" : id));
          weights.add(weights.get(at));
        }
        case 2, 3 -> {
          members.remove(at);
          weights.remove(at);
        }
        case 4 -> weights.set(at, 1 + random.nextInt(300));
        default -> weights.replaceAll(weight -> weight * (weight < 1000 ? 3 : 1));
      }
    }
  }

  @Test
  void noCandidateWithoutWeightIsAHome() {
    List<Upstream> forty = upstreams(40);
    int[] weights = new int[40];
    weights[7] = 3;
    Homes homes = new Homes(candidates(forty, weights), null);

    for (int slot = 0; slot < 50; slot++) {
      assertThat(homes.of(slot)).isEqualTo(7);
    }
  }

  @Test
  void whatWasFoundIsNotFoundAgain() {
    Candidates many = candidates(upstreams(1000));
    Homes first = new Homes(many, null);
    int home = first.of(123_456);
    List<Upstream> others = new ArrayList<>(many.list());
    others.remove(home < 500 ? 900 : 100);
    Homes second = new Homes(candidates(others), first);

    Upstream before = many.get(home);
    assertThat(others.get(second.of(123_456))).isSameAs(before);
  }
}

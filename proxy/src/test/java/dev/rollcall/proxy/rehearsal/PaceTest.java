package dev.rollcall.proxy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final List<String> played = new ArrayList<>();
  private long served = 5;
  private boolean free = true;
  private final Pace pace = new Pace(() -> served, () -> free);

  @Test
  void playsAtOnceInTheOverture() {
    free = false;
    pace.cue(() -> played.add("a"));
    pace.tick();
    pace.cue(() -> played.add("b"));
    assertThat(played).containsExactly("a", "b");
  }

  @Test
  void playsOneLineATickWhileClientsAreServed() {
    pace.rest();
    served++;
    pace.tick();
    pace.cue(() -> played.add("a"));
    pace.cue(() -> played.add("b"));
    assertThat(played).isEmpty();
    served++;
    pace.tick();
    assertThat(played).containsExactly("a");
  }

  @Test
  void restsWhenItIsToldTo() {
    pace.rest();
    pace.cue(() -> played.add("a"));
    assertThat(played).isEmpty();
  }

  @Test
  void playsAtOnceWhenNoClientHasBeenServedForAWhile() {
    pace.rest();
    tick(Pace.CALM - 1);
    pace.cue(() -> played.add("a"));
    pace.cue(() -> played.add("b"));
    pace.cue(() -> played.add("c"));
    assertThat(played).isEmpty();
    tick(1);
    assertThat(played).containsExactly("a", "b", "c");
  }

  @Test
  void waitsWhileTheProxyIsNotFree() {
    pace.rest();
    free = false;
    tick(10 * Pace.CALM);
    pace.cue(() -> played.add("a"));
    tick(10 * Pace.CALM);
    assertThat(played).isEmpty();
    free = true;
    tick(Pace.CALM);
    pace.cue(() -> played.add("b"));
    assertThat(played).containsExactly("a", "b");
  }

  private void tick(int times) {
    for (int i = 0; i < times; i++) {
      pace.tick();
    }
  }
}

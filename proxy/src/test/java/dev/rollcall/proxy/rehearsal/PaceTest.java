package dev.rollcall.proxy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final List<String> played = new ArrayList<>();
  private long served = 5;
  private final Pace pace = new Pace(() -> served);

  @Test
  void playsAtOnceWhileNoClientIsServed() {
    pace.cue(() -> played.add("a"));
    pace.tick();
    pace.cue(() -> played.add("b"));
    assertThat(played).containsExactly("a", "b");
  }

  @Test
  void playsOneLineATickWhileClientsAreServed() {
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
  void playsAllThatWaitWhenTheClientsAreGoneForAWhile() {
    served++;
    pace.tick();
    for (int i = 1; i < Pace.CALM; i++) {
      pace.tick();
    }
    pace.cue(() -> played.add("a"));
    pace.cue(() -> played.add("b"));
    assertThat(played).isEmpty();
    pace.tick();
    assertThat(played).containsExactly("a", "b");
  }
}

package dev.rollcall.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProbeTarget;
import org.junit.jupiter.api.Test;

class DrainOrderTest {

  private static final InstanceOverride DRAIN = new InstanceOverride(null, true, "ann", "then");
  private static final InstanceOverride RESUME = new InstanceOverride(null, false, "ann", "then");
  private static final Instance UP = World.instance("a", new ProbeTarget.Tcp());
  private static final Instance DRAINING = UP.later(2, InstanceState.DRAINING, null);

  @Test
  void itsOwnWordOrAnOperatorsIsEnough() {
    assertThat(DrainOrder.look(DRAINING, null, false))
        .isEqualTo(new Finding(Witness.DRAIN, "its own word"));
    assertThat(DrainOrder.look(DRAINING, DRAIN, false))
        .isEqualTo(new Finding(Witness.DRAIN, "its own word"));
    assertThat(DrainOrder.look(UP, DRAIN, false))
        .isEqualTo(new Finding(Witness.DRAIN, "drained by ann"));
  }

  @Test
  void bothMustBeTakenBack() {
    assertThat(DrainOrder.look(DRAINING, RESUME, true)).isNull();
    assertThat(DrainOrder.look(UP, DRAIN, true)).isNull();
    assertThat(DrainOrder.look(UP, RESUME, true))
        .isEqualTo(new Finding(Witness.READY, "drain taken back by ann"));
    assertThat(DrainOrder.look(UP, null, true))
        .isEqualTo(new Finding(Witness.READY, "drain taken back"));
  }

  @Test
  void whatIsKnownIsNoNews() {
    assertThat(DrainOrder.look(UP, null, false)).isNull();
    assertThat(DrainOrder.look(UP, RESUME, false)).isNull();
    assertThat(DrainOrder.look(DRAINING, null, true)).isNull();
  }
}

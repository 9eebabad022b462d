package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * Whether an upstream shall drain: by its own word or by an operator's, of which one is enough, and
 * until neither stands. Pure.
 */
final class DrainOrder {

  private DrainOrder() {}

  /**
   * What is new about it, or null.
   *
   * @param wish the operator's that stands, or null
   * @param drains what it was told before
   */
  static @Nullable Finding look(
      Instance instance, @Nullable InstanceOverride wish, boolean drains) {
    boolean own = instance.state() == InstanceState.DRAINING;
    boolean wished = wish != null && wish.drain();
    if ((own || wished) == drains) {
      return null;
    }
    if (drains) {
      String by = wish == null ? "" : " by " + wish.by();
      return new Finding(Witness.READY, "drain taken back" + by);
    }
    String detail = own || wish == null ? "its own word" : "drained by " + wish.by();
    return new Finding(Witness.DRAIN, detail);
  }
}

package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.InstanceOverride;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is new about an operator's wish, for people. */
final class Wishes {

  private Wishes() {}

  /**
   * One line with who and when, or null: nothing is new, or it flips a state, which has its own
   * line.
   *
   * @param before the wish that stood until now, or null
   */
  static @Nullable String news(
      @Nullable InstanceOverride before, InstanceOverride wish, Availability state) {
    Integer weight = before == null ? null : before.weight();
    boolean drain = before != null && before.drain();
    String asked = null;
    if (!Objects.equals(weight, wish.weight())) {
      asked = wish.weight() == null ? "weight as registered" : "weight " + wish.weight();
    } else if (state == Availability.DOWN && drain != wish.drain()) {
      asked = wish.drain() ? "drain" : "resume";
    }
    return asked == null ? null : asked + ", asked by " + wish.by() + " at " + wish.at();
  }
}

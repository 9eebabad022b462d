package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.InstanceOverride;
import io.vertx.core.Handler;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What operators wish of instances, on the roll or not yet, and who hears of it. The roll's thread
 * only.
 */
final class Wishes {

  private final Map<String, InstanceOverride> heard = new HashMap<>();
  private final Listeners listeners = new Listeners();
  private final InstantSource clock;

  /**
   * @param clock wall clock, for people
   */
  Wishes(InstantSource clock) {
    this.clock = clock;
  }

  /** Calls the handler for what is new, unless it flips a state and is told so. */
  void onNews(Handler<Transition> handler) {
    listeners.add(handler);
  }

  /** Takes note of a wish that the registry told; the one until now, or null. */
  @Nullable InstanceOverride note(String id, InstanceOverride wish) {
    return heard.put(id, wish);
  }

  /** Its instance will not come back. */
  void forget(String id) {
    heard.remove(id);
  }

  /**
   * The wish that stands: the one heard from the registry, else the one that the instance echoes,
   * which outlives a registry that lost everything.
   */
  @Nullable InstanceOverride of(Upstream upstream) {
    InstanceOverride wish = heard.get(upstream.id());
    return wish != null ? wish : upstream.instance().override();
  }

  /** Tells what is new about a wish, if anything is. */
  void tell(Upstream upstream, @Nullable InstanceOverride before, InstanceOverride wish) {
    Availability state = upstream.availability();
    String news = news(before, wish, state);
    if (news != null) {
      listeners.tell(new Transition(upstream, state, state, news, clock.instant()));
    }
  }

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

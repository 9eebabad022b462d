package dev.rollcall.discovery.store;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often the instances of a large roll answer the roll call. A member can take so many
 * heartbeats a second and no more, so each instance beats the less often the more there are;
 * Nomad's servers stretch the heartbeats of their clients in the same way.
 *
 * <p>The interval goes in steps, and a step down comes later than the step up did, so that a roll
 * whose size goes up and down a little doesn't make everybody change pace. Pure.
 *
 * @param least no instance beats more often; zero: each as it likes
 */
record Cadence(Duration least) {

  static final Cadence FREE = new Cadence(Duration.ZERO);

  /** Heartbeats a second that a member shall have to take, and a quarter more. */
  private static final int A_SECOND = 1000;

  /** The first that is long enough counts. The last is a third of a heartbeat's time to live. */
  private static final List<Integer> SECONDS = List.of(1, 2, 5, 10, 20);

  /** What a roll of so many needs, when this is what it has. */
  Cadence next(int instances) {
    int present = Math.max(1, (int) least.toSeconds());
    int up = step(instances * 4L / 5);
    int down = step(instances * 5L / 4);
    int seconds = Math.max(up, Math.min(down, present));
    return seconds == 1 ? FREE : new Cadence(Duration.ofSeconds(seconds));
  }

  private static int step(long instances) {
    return SECONDS.stream()
        .filter(seconds -> instances <= (long) seconds * A_SECOND)
        .findFirst()
        .orElse(SECONDS.get(SECONDS.size() - 1));
  }

  /** What an instance does that would beat at this interval. */
  Duration of(Duration wanted) {
    return wanted.compareTo(least) < 0 ? least : wanted;
  }

  boolean isFree() {
    return least.isZero();
  }

  String write() {
    return new JsonObject().put("heartbeatMs", least.toMillis()).encode();
  }

  /** What is not there, or can't be read, or is out of bounds, holds nobody up. */
  static Cadence read(@Nullable String text) {
    if (text == null) {
      return FREE;
    }
    try {
      int most = 1000 * SECONDS.get(SECONDS.size() - 1);
      int millis = Fields.integer(InstanceJson.parse(text), "heartbeatMs", 1, most);
      return new Cadence(Duration.ofMillis(millis));
    } catch (IllegalArgumentException unreadable) {
      return FREE;
    }
  }
}

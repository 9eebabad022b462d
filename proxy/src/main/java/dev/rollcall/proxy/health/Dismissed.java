package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Roll;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Upstreams that the settings, or a name in them, don't lead to any more: each gets no new request
 * and no route, and leaves the roll when it has answered those that it had. Control thread.
 */
final class Dismissed {

  /** By then every loop has taken up the snapshot in which it isn't a candidate any more. */
  private static final long SETTLED = Duration.ofMillis(250).toNanos();

  private final Roll roll;
  private final Enrolment enrolled;
  private final Rounds rounds;
  private final Map<String, String> reasons = new HashMap<>();

  Dismissed(Roll roll, Enrolment enrolled, Rounds rounds) {
    this.roll = roll;
    this.enrolled = enrolled;
    this.rounds = rounds;
  }

  /** Lets it go, unless that is said already, or it has a lease of its own. */
  void add(String id, String reason) {
    Vigil vigil = enrolled.find(id);
    if (vigil == null || vigil.isLeased() || reasons.containsKey(id)) {
      return;
    }
    roll.enrol(vigil.upstream().instance().withoutRoutes());
    vigil.hear(Witness.DRAIN, reason);
    rounds.soon(vigil);
    reasons.put(id, reason);
  }

  /** The settings lead to it again. */
  void remove(String id) {
    reasons.remove(id);
  }

  boolean contains(String id) {
    return reasons.containsKey(id);
  }

  /** Strikes off those that have nothing under way. */
  void tick(long now) {
    if (reasons.isEmpty()) {
      return;
    }
    for (Map.Entry<String, String> each : Map.copyOf(reasons).entrySet()) {
      Vigil vigil = enrolled.find(each.getKey());
      if (vigil == null || vigil.isLeased()) {
        reasons.remove(each.getKey());
      } else if (hasDrained(vigil, now)) {
        reasons.remove(each.getKey());
        enrolled.strike(vigil, each.getValue());
      }
    }
  }

  /** Nothing is under way, some time after it was to get nothing more: a loop may need a moment. */
  private static boolean hasDrained(Vigil vigil, long now) {
    return vigil.upstream().traffic().inFlight() == 0 && now - vigil.turnedAt() >= SETTLED;
  }
}

package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Upstream;

/**
 * Whether anything goes on with one upstream that time bears on, and if not, when time may bring
 * something: until then those who go round pass it by. Control thread.
 */
final class Repose {

  private final Upstream upstream;
  private final HeartbeatWatch beats;
  private final ProbeSchedule probes;
  private final WarmUp warmth;
  private boolean calm;

  Repose(Upstream upstream, HeartbeatWatch beats, ProbeSchedule probes, WarmUp warmth) {
    this.upstream = upstream;
    this.beats = beats;
    this.probes = probes;
    this.warmth = warmth;
  }

  /** It is in this state now, of which only one may last. */
  void turned(Availability to) {
    calm = to == Availability.UP;
  }

  /** Something goes on that time bears on: requests, a question, a state that shall not last. */
  boolean isBusy() {
    return !calm
        || upstream.traffic().inFlight() > 0
        || upstream.pulse().badInARow() > 0
        || warmth.isWarming()
        || probes.isAsking();
  }

  /** Nobody watches it for a while; false when traffic has begun something at this moment. */
  boolean settles() {
    upstream.pulse().settle();
    return !isBusy();
  }

  /** Nanoseconds until time may bring something, if nothing else does. */
  long untilDue(long now) {
    return Math.min(beats.untilDue(now), probes.untilDue(now));
  }
}

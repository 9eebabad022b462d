package dev.rollcall.proxy.health;

import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.proxy.roll.Pulse;
import dev.rollcall.proxy.roll.Upstream;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the silence of one upstream means beside the silence of its neighbours: when all fall silent
 * together, none of them is frozen; what they depend on is slow. Control thread.
 */
final class SilenceWatch {

  /** After so many alarms in a row, each refuted by a probe, the next is not left to the probe. */
  private static final int OFTEN = 2;

  /** Fewer requests than this may all happen to be slow ones. */
  private static final int SEVERAL = 3;

  private final Upstream upstream;
  private final Neighbourhood neighbours;
  private final StallDetector stalls;

  SilenceWatch(Upstream upstream, Supplier<Duration> floor, Neighbourhood neighbours, long now) {
    this.upstream = upstream;
    this.neighbours = neighbours;
    this.stalls = new StallDetector(floor, now);
  }

  /** Since when it has been silent for so long that it is worth asking, or {@link Pulse#NEVER}. */
  long since(long now) {
    Pulse pulse = upstream.pulse();
    return stalls.silence(pulse, now) < stalls.askFrom() ? Pulse.NEVER : stalls.since(pulse, now);
  }

  /**
   * The present silence, if it is alarming.
   *
   * @param accused it is suspect already
   */
  @Nullable Finding look(Vigil own, boolean accused, long now) {
    Pulse pulse = upstream.pulse();
    long silence = stalls.silence(pulse, now);
    boolean unusual = silence > 0 && silence >= stalls.limit(now);
    if (!unusual || !neighbours.answeredSince(own, stalls.since(pulse, now))) {
      return null;
    }
    String detail = "requests unanswered for " + People.seconds(silence);
    if (isStuck(own, silence, now)) {
      return new Finding(Witness.OUTLIER, detail + " while neighbours answer");
    }
    if (accused) {
      return null;
    }
    stalls.alarm(pulse);
    return new Finding(Witness.STALLED, detail);
  }

  /**
   * Something in it answers probes and nothing answers requests: several of them hang, for longer
   * than twice the slowest answer of the service.
   */
  private boolean isStuck(Vigil own, long silence, long now) {
    boolean again = stalls.alarms() >= OFTEN;
    boolean veryLong = stalls.alarms() > 0 && silence >= 4 * stalls.limit(now);
    return (again || veryLong)
        && upstream.traffic().inFlight() >= SEVERAL
        && silence > 2 * neighbours.slowest(own);
  }

  /** Silent for longer than lately, and not because all of its neighbours are. */
  boolean hangs(Vigil own, long now) {
    Pulse pulse = upstream.pulse();
    return stalls.silence(pulse, now) >= stalls.longest(now)
        && (neighbours.isIdle(own, now) || neighbours.answeredSince(own, stalls.since(pulse, now)));
  }

  /** The kernel takes connections for a frozen process too: a bare connect refutes no silence. */
  boolean isHollow(Vigil own, long now) {
    return upstream.instance().probe() instanceof ProbeTarget.Tcp && hangs(own, now);
  }

  /** Requests wait for its answer. */
  boolean lasts(long now) {
    return stalls.silence(upstream.pulse(), now) > 0;
  }

  /** Nanoseconds of its slowest answer of late. */
  long slowest() {
    return stalls.slowest();
  }

  void learn(long now) {
    stalls.learn(upstream.pulse(), now);
  }

  void acquit(long now) {
    stalls.acquit(upstream.pulse(), now);
  }

  void excuse(long now) {
    stalls.excuse(now);
  }

  void restart(long now) {
    stalls.restart(upstream.pulse(), now);
  }
}

package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Pulse;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.TrafficWitness;
import dev.rollcall.proxy.roll.Upstream;
import java.util.function.LongSupplier;

/**
 * Takes down what the traffic loops see. Ordinary answers only change a few counters; with whom
 * something goes on is {@link Stirred}; what accuses an upstream is handed to the control thread,
 * each kind once until it has been heard there.
 */
final class TrafficEar implements TrafficWitness {

  /** What the control thread hears. */
  interface Accusations {
    void failed(Upstream upstream, TrafficFault fault, String detail);
  }

  private final LongSupplier clock;
  private final Accusations control;
  private final Stirred stirred;

  /**
   * @param clock monotonic nanoseconds
   * @param control may be called by any thread, and hands over
   */
  TrafficEar(LongSupplier clock, Accusations control, Stirred stirred) {
    this.clock = clock;
    this.control = control;
    this.stirred = stirred;
  }

  @Override
  public void answered(Upstream upstream, int status, long nanos) {
    if (upstream.pulse().answered(status < 500, nanos, clock.getAsLong()) > 0) {
      stirred.add(upstream);
    }
  }

  @Override
  public void failed(Upstream upstream, TrafficFault fault, String detail) {
    Pulse pulse = upstream.pulse();
    switch (fault) {
      case RESET, BROKEN, TIMEOUT, MALFORMED -> {
        pulse.failed();
        stirred.add(upstream);
      }
      case REFUSED, UNREACHABLE -> {}
    }
    if (fault != TrafficFault.MALFORMED && pulse.accuse(fault)) {
      control.failed(upstream, fault, detail);
    }
  }

  @Override
  public void waiting(Upstream upstream, int loop, long oldestNanos) {
    long now = clock.getAsLong();
    boolean waits = oldestNanos > 0;
    upstream.pulse().waiting(loop, waits ? now - oldestNanos : Pulse.NEVER, now);
    if (waits) {
      stirred.add(upstream);
    }
  }
}

package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Pulse;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.TrafficWitness;
import dev.rollcall.proxy.roll.Upstream;
import java.util.function.LongSupplier;

/**
 * Takes down what the traffic loops see. Ordinary answers only change a few counters; what accuses
 * an upstream is handed to the control thread, each kind once until it has been heard there.
 */
final class TrafficEar implements TrafficWitness {

  /** What the control thread hears. */
  interface Accusations {
    void failed(Upstream upstream, TrafficFault fault, String detail);
  }

  private final LongSupplier clock;
  private final Accusations control;

  /**
   * @param clock monotonic nanoseconds
   * @param control may be called by any thread, and hands over
   */
  TrafficEar(LongSupplier clock, Accusations control) {
    this.clock = clock;
    this.control = control;
  }

  @Override
  public void answered(Upstream upstream, int status, long nanos) {
    upstream.pulse().answered(status < 500, nanos, clock.getAsLong());
  }

  @Override
  public void failed(Upstream upstream, TrafficFault fault, String detail) {
    Pulse pulse = upstream.pulse();
    switch (fault) {
      case RESET, BROKEN, TIMEOUT, MALFORMED -> pulse.failed();
      case REFUSED, UNREACHABLE -> {}
    }
    if (fault != TrafficFault.MALFORMED && pulse.accuse(fault)) {
      control.failed(upstream, fault, detail);
    }
  }

  @Override
  public void waiting(Upstream upstream, int loop, long oldestNanos) {
    long now = clock.getAsLong();
    upstream.pulse().waiting(loop, oldestNanos <= 0 ? Pulse.NEVER : now - oldestNanos, now);
  }
}

package dev.rollcall.proxy.roll;

/**
 * Hears what live traffic saw of an upstream. Called on traffic loops for every exchange: must
 * return in nanoseconds, never block, never throw.
 */
public interface TrafficWitness {

  /**
   * A response head came. {@code nanos} from the last request byte (or its connect) to the head.
   */
  void answered(Upstream upstream, int status, long nanos);

  /** The exchange failed. {@code detail} is one line for people. */
  void failed(Upstream upstream, TrafficFault fault, String detail);

  /**
   * How long the oldest request of one traffic loop has waited for a response head, 0 when none
   * waits; told every few tens of milliseconds while something waits, and once when nothing does
   * any more.
   *
   * @param loop the traffic loop's number, from 0
   */
  void waiting(Upstream upstream, int loop, long oldestNanos);
}

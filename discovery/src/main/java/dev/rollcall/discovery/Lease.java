package dev.rollcall.discovery;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * An instance's place in the roll, kept by heartbeats until it is left. It re-registers by itself
 * after the registry lost everything or the connection broke and came back, perhaps with another
 * address.
 */
public interface Lease {

  /** The id that names the instance in every map. */
  String id();

  /** Completes when the registration first stands in the registry; never fails, it keeps trying. */
  Future<Instance> registered();

  /**
   * Changes the registration, for example its weight; completes when the change stands in the
   * registry.
   */
  Future<Instance> update(UnaryOperator<Registration> change);

  /**
   * True while the registry can be reached. False before it was found and while the connection is
   * lost: then nobody hears {@code draining} or {@code left}.
   */
  boolean connected();

  /**
   * Asks every proxy to let go: writes {@code draining}, then waits for both acknowledgements of
   * every proxy that is listed and beating. A proxy that is gone delays nobody. With no proxy
   * listed it is done as soon as {@code draining} stands.
   *
   * @param limit how long at most
   * @return true when all let go; false when the limit ran out, when the registry can't be reached
   *     for 2 s, when {@link #resume} called it off, or when the lease is over; never fails
   * @param reached told each stage once, on the calling context, when the last proxy has reached it
   */
  Future<Boolean> drain(Duration limit, Handler<DrainStage> reached);

  /** {@link #drain(Duration, Handler)} for those who need only its end. */
  default Future<Boolean> drain(Duration limit) {
    return drain(limit, reached -> {});
  }

  /** Takes {@code draining} back. */
  Future<Instance> resume();

  /**
   * Stops the heartbeat, writes {@code left}, and removes the heartbeat's entry; the other goes
   * away by itself 10 s later, so that nobody misses its last word. Gives up quietly after {@code
   * limit}, or at once when the registry can't be reached. The lease is over then.
   */
  Future<Void> leave(Duration limit);
}

package dev.rollcall.upstream;

/**
 * Whether the service takes requests. It opens once, drains once and shuts once; there is no way
 * back, since a service that is stopping never starts again in the same process.
 *
 * <p>Not thread-safe: everything happens on the event loop of the service.
 */
final class Gate {

  /** What the gate lets through. */
  enum State {
    /** Everything. */
    OPEN,
    /** Everything, although it has asked not to be chosen: proxies may not have heard yet. */
    DRAINING,
    /** Nothing: whoever still sends a request gets a receipt that it was not processed. */
    SHUT
  }

  private State state = State.OPEN;

  State state() {
    return state;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isShut() {
    return state == State.SHUT;
  }

  /** Asks not to be chosen any more. Does nothing when already shut. */
  void drain() {
    if (state == State.OPEN) {
      state = State.DRAINING;
    }
  }

  /** Refuses what comes from now on. */
  void shut() {
    state = State.SHUT;
  }
}

package dev.rollcall.proxy.forward;

/** Whoever waits in a {@link WaitingRoom} for an instance; loop only. */
interface Waiter {

  /** Still wants an instance. */
  boolean isWaiting();

  /** What it waits for. */
  Lack lacks();

  /** It has been tried, and may be again. */
  boolean hasFailed();

  /**
   * When it was first found that nobody is there for it: now, if never before.
   *
   * @param now as {@link System#nanoTime}
   */
  long missesSince(long now);

  /** Begins, or goes on, if an instance is there and has room. */
  boolean tryAgain();

  /** Waits no longer. */
  void turnAway();
}

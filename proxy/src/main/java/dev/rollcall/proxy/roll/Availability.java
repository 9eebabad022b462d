package dev.rollcall.proxy.roll;

/**
 * What this proxy thinks of an instance. The words are those of the API and the dashboard, in lower
 * case.
 */
public enum Availability {
  /** Registered; not yet probed. */
  JOINING,
  /** Takes traffic. */
  UP,
  /** Something speaks against it; asked at once. Takes traffic only when nobody is up. */
  SUSPECT,
  /** Answers, but badly; out for a while. */
  EJECTED,
  /** Finishing what it has. */
  DRAINING,
  /** Takes nothing. */
  DOWN
}

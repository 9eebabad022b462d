package dev.rollcall.discovery;

/** What an instance says of itself. What a proxy thinks of it is the proxy's own matter. */
public enum InstanceState {
  /** Ready for requests. */
  UP,
  /** Finishing what it has; nothing new, please. */
  DRAINING,
  /** Gone for good, by its own word; the entry goes away soon after. */
  LEFT
}

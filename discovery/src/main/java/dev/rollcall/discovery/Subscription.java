package dev.rollcall.discovery;

/** Ends a watch. */
@FunctionalInterface
public interface Subscription {

  /**
   * No call reaches the handler after this returns, when called on the handler's own context.
   * Idempotent.
   */
  void cancel();
}

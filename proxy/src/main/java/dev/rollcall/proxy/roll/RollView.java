package dev.rollcall.proxy.roll;

import io.vertx.core.Handler;

/** The roll as traffic reads it. */
public interface RollView {

  /** The present picture; any thread, never null. */
  Snapshot snapshot();

  /**
   * Calls the handler on the calling thread's Vert.x context for every change of availability after
   * this call, and, with {@code to} DOWN, for every upstream that leaves the roll or is replaced by
   * another epoch or endpoint.
   *
   * @return ends the calls; to be run before that context ends
   */
  Runnable onTransition(Handler<Transition> handler);
}

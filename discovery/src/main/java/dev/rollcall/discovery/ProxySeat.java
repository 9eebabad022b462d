package dev.rollcall.discovery;

import io.vertx.core.Future;

/**
 * A proxy's own entry in {@code rollcall.proxies}: draining instances wait for the word of those
 * listed.
 */
public interface ProxySeat {

  String id();

  /** Tells a draining instance how far this proxy is with letting go. */
  Future<Void> acknowledge(Instance draining, DrainStage stage);

  /** Withdraws the entry; nobody waits for this proxy any more. */
  Future<Void> leave();
}

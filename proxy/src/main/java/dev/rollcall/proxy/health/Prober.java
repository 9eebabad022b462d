package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import java.time.Duration;

/** Asks upstreams whether they live. Called on the control thread; completes there. */
@FunctionalInterface
interface Prober {

  /**
   * Asks once, on a fresh connection, as the upstream's registration says. Never fails: what goes
   * wrong is a result.
   *
   * @param timeout for all of it, connect included
   */
  Future<ProbeResult> ask(Upstream upstream, Duration timeout);
}

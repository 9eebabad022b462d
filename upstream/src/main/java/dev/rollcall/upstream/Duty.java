package dev.rollcall.upstream;

import io.vertx.core.Future;

/** What an upstream process does on the roll, from its first step to its last. One event loop. */
sealed interface Duty permits DemoDuty, CompanionDuty {

  /**
   * Begins; completes when whatever has to work at once does. The rest goes on by itself.
   *
   * @return fails with one clear line
   */
  Future<Void> begin();

  /**
   * Ends without costing anybody an answer: the proxies let go, what is in flight is finished, the
   * roll is left.
   *
   * @return fails, when all is over, if requests had to be cut
   */
  Future<Void> depart();

  /** Leaves the roll and stops at once. */
  Future<Void> abandon();
}

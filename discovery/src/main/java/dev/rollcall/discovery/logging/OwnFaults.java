package dev.rollcall.proxy.forward.client;

import java.util.concurrent.TimeUnit;

/**
 * Tells of faults of ours that a client's connection has met: one line each, but not one for each
 * of many in a row, since a stranger may have found out what leads there. Traffic loop only.
 */
public final class OwnFaults {

  private static final System.Logger LOG = System.getLogger(OwnFaults.class.getName());
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private long lastAt;
  private long untold;

  /**
   * @param what was ended by it
   */
  public void tell(String what, Throwable cause) {
    long now = System.nanoTime();
    if (lastAt != 0 && now - lastAt < PAUSE) {
      untold++;
      return;
    }
    lastAt = now;
    String more = untold == 0 ? "" : " (and " + untold + " before)";
    untold = 0;
    LOG.log(System.Logger.Level.ERROR, "a fault of the proxy itself ended " + what + more, cause);
  }
}

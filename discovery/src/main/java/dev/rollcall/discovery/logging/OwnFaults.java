package dev.rollcall.discovery.logging;

import java.util.concurrent.TimeUnit;

/**
 * Tells of faults of ours that something else has met and that must not end more than that: one
 * line each, but not one for each of many in a row, since a stranger may have found out what leads
 * there, or a timer leads there again and again. One thread.
 */
public final class OwnFaults {

  private static final System.Logger LOG = System.getLogger(OwnFaults.class.getName());
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private long lastAt;
  private long untold;

  /** Does this; whatever it throws is told and goes no further. */
  public void contain(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error fault) {
      tell(what, fault);
    }
  }

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
    LOG.log(System.Logger.Level.ERROR, "a fault of Rollcall itself ended " + what + more, cause);
  }
}

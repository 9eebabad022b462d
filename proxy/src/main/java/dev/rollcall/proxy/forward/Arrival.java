package dev.rollcall.proxy.forward;

/**
 * The first moments of a proxy, in which it serves already and may not have heard yet who is there.
 * Any thread.
 */
public final class Arrival {

  private volatile boolean underWay;

  /** From now on whoever is missing may merely not have been heard. */
  public void begin() {
    underWay = true;
  }

  /** Whoever is missing is not there. */
  public void end() {
    underWay = false;
  }

  boolean isUnderWay() {
    return underWay;
  }
}

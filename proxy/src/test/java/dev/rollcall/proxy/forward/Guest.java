package dev.rollcall.proxy.forward;

import java.util.List;
import java.util.function.BooleanSupplier;

/** A request that is let in when somebody is there, and then perhaps fails at once. */
final class Guest implements Waiter {

  private final String name;
  private final BooleanSupplier somebodyIsThere;
  private final List<String> told;
  private long missing = Long.MIN_VALUE;
  Lack lack;
  boolean goes;
  boolean waits = true;
  boolean failed;

  /**
   * @param told hears how it ends
   */
  Guest(String name, Lack lack, BooleanSupplier somebodyIsThere, List<String> told) {
    this.name = name;
    this.lack = lack;
    this.somebodyIsThere = somebodyIsThere;
    this.told = told;
  }

  @Override
  public boolean isWaiting() {
    return waits;
  }

  @Override
  public Lack lacks() {
    return lack;
  }

  @Override
  public boolean hasFailed() {
    return failed;
  }

  @Override
  public long missesSince(long now) {
    if (missing == Long.MIN_VALUE) {
      missing = now;
    }
    return missing;
  }

  @Override
  public boolean tryAgain() {
    if (!goes && !somebodyIsThere.getAsBoolean()) {
      return false;
    }
    told.add(name + " in");
    return true;
  }

  @Override
  public void turnAway() {
    told.add(name + " away");
  }
}

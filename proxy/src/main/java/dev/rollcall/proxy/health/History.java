package dev.rollcall.proxy.health;

import java.time.Duration;

/**
 * What is remembered of an upstream across its states, so that bad luck is forgiven quickly and bad
 * habits ever more slowly.
 *
 * @param upSince when it last came up
 * @param acquittedAt when a suspicion was last refuted
 * @param relapses how often in a row it fell within {@link #SHORT} of coming up
 * @param ejections how often in a row it was ejected
 * @param lastEjection nanoseconds of the last one
 */
record History(long upSince, long acquittedAt, int relapses, int ejections, long lastEjection) {

  /** Falling again sooner than this is a relapse. */
  static final Duration SHORT = Duration.ofSeconds(10);

  /** After an acquittal, resets only make us ask, not suspect, for this long. */
  static final Duration CREDIT = Duration.ofSeconds(2);

  private static final int RELAPSES = 2;
  private static final int DOUBLINGS = 16;

  static History none(long now) {
    return new History(now, now - CREDIT.toNanos(), 0, 0, 0);
  }

  History up(long now) {
    return new History(now, acquittedAt, relapses, ejections, lastEjection);
  }

  History acquitted(long now) {
    return new History(upSince, now, relapses, ejections, lastEjection);
  }

  History fallen(long now) {
    int next = now - upSince < SHORT.toNanos() ? Math.min(relapses + 1, RELAPSES) : 0;
    return new History(upSince, acquittedAt, next, ejections, lastEjection);
  }

  /**
   * The next ejection, twice as long as the last. Being well for a minute longer than it was
   * ejected clears the record.
   */
  History ejected(long now, HealthOptions options) {
    long wellFor = now - upSince;
    boolean clean = wellFor > lastEjection + Duration.ofMinutes(1).toNanos();
    int count = clean ? 1 : Math.min(ejections + 1, DOUBLINGS);
    long time = options.ejectTime().toNanos() << (count - 1);
    long longest = options.ejectTimeMax().toNanos();
    return new History(
        upSince, acquittedAt, relapses, count, time <= 0 ? longest : Math.min(time, longest));
  }

  boolean hasCredit(long now) {
    return now - acquittedAt < CREDIT.toNanos();
  }

  /** Good answers in a row that it takes to come back: doubled by each relapse. */
  int rise(int usual) {
    return usual << relapses;
  }
}

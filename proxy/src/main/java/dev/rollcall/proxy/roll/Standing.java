package dev.rollcall.proxy.roll;

import java.time.Instant;

/**
 * Where an upstream stands with this proxy, and why.
 *
 * @param availability the word for it
 * @param hard of {@link Availability#DOWN}: true when it can't take traffic whatever happens
 *     (refused, unreachable, silent to everybody, somebody else's address); false when it is merely
 *     judged (slow or unready by its probes), so that it may still be tried when too few of its
 *     neighbours look any better
 * @param reason one line for people
 * @param since wall clock, for people
 */
public record Standing(Availability availability, boolean hard, String reason, Instant since) {

  /** True when there is no news in this. */
  boolean says(Availability availability, boolean hard, String reason) {
    return this.availability == availability && this.hard == hard && this.reason.equals(reason);
  }

  /** True when only a judgement keeps it from traffic, which panic may ignore. */
  public boolean soft() {
    return switch (availability) {
      case SUSPECT, EJECTED -> true;
      case DOWN -> !hard;
      case JOINING, UP, DRAINING -> false;
    };
  }
}

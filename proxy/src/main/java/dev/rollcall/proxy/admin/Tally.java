package dev.rollcall.proxy.admin;

import dev.rollcall.proxy.roll.LatencyCounts;
import dev.rollcall.proxy.roll.Traffic;

/** The counts of some upstreams' {@link Traffic} at one moment. */
record Tally(
    long requests,
    long failures,
    long informational,
    long successes,
    long redirects,
    long clientErrors,
    long serverErrors,
    LatencyCounts latency) {

  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, LatencyCounts.NONE);

  static Tally of(Traffic traffic) {
    return new Tally(
        traffic.requests(),
        traffic.failures(),
        traffic.answers(1),
        traffic.answers(2),
        traffic.answers(3),
        traffic.answers(4),
        traffic.answers(5),
        traffic.latency());
  }

  Tally plus(Tally other) {
    return new Tally(
        requests + other.requests,
        failures + other.failures,
        informational + other.informational,
        successes + other.successes,
        redirects + other.redirects,
        clientErrors + other.clientErrors,
        serverErrors + other.serverErrors,
        latency.plus(other.latency));
  }

  /** Responses of one class, 1 to 5. */
  long answers(int hundreds) {
    return switch (hundreds) {
      case 1 -> informational;
      case 2 -> successes;
      case 3 -> redirects;
      case 4 -> clientErrors;
      default -> serverErrors;
    };
  }
}

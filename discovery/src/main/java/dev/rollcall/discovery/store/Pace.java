package dev.rollcall.discovery.store;

import java.time.Duration;

/**
 * How often the registry does what it does by itself.
 *
 * @param reconcile between full reads by a watcher; default 3 s. Longer: a lost event is noticed
 *     later. Shorter: more reads of everything
 * @param verify how often an instance looks whether its entry stands as written, and for the
 *     operator's wish; default 2 s. Longer: after a loss that nobody tells of it is missing longer
 * @param seat between a proxy's beats in {@code rollcall.proxies}; default 1 s
 * @param seatTimeout how long a draining instance waits for a listed proxy that stopped beating;
 *     default 5 s. Shorter than a member's removal after it froze (3 s) is dangerous: a healthy
 *     proxy's beats may hang on a frozen one that keeps its key, and it must not be overlooked
 * @param pulse between trial writes for an instance that is silent; default 250 ms
 * @param doubt how long such a write may take before silence is the registry's; default 500 ms
 * @param unreachable how long a draining instance waits for a registry that can't be reached;
 *     default 2 s
 */
public record Pace(
    Duration reconcile,
    Duration verify,
    Duration seat,
    Duration seatTimeout,
    Duration pulse,
    Duration doubt,
    Duration unreachable) {

  public static final Pace DEFAULT =
      new Pace(
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofSeconds(2));

  public Pace {
    requirePositive("pace.reconcile", reconcile);
    requirePositive("pace.verify", verify);
    requirePositive("pace.seat", seat);
    requirePositive("pace.seat-timeout", seatTimeout);
    requirePositive("pace.pulse", pulse);
    requirePositive("pace.doubt", doubt);
    requirePositive("pace.unreachable", unreachable);
  }

  private static void requirePositive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          key + ": " + value.toMillis() + "ms (expected: more than 0)");
    }
  }
}

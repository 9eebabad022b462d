package dev.rollcall.upstream;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.time.Duration;

/**
 * How long a stop may wait.
 *
 * @param timeout for requests in flight and for the proxies to let go; default 35 s, a little more
 *     than the proxies' default patience with a response. Whatever stops the process from outside
 *     (Docker's grace period, for one) must wait longer than this, or it cuts requests off
 * @param streamTimeout for tunnels and event streams, which may never end by themselves; default 5
 *     s. They are cut when it is over, and their clients connect again
 */
record DrainOptions(Duration timeout, Duration streamTimeout) {

  static DrainOptions read(Settings settings) {
    return new DrainOptions(
        settings.get(
            "drain.timeout",
            ValueType.POSITIVE_DURATION,
            "35s",
            "how long a stop waits for requests in flight"),
        settings.get(
            "drain.stream-timeout",
            ValueType.POSITIVE_DURATION,
            "5s",
            "how long a stop waits for tunnels and event streams"));
  }
}

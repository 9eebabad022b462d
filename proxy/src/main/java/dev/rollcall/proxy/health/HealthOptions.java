package dev.rollcall.proxy.health;

import java.time.Duration;

/**
 * How one service's upstreams are judged.
 *
 * @param path asked by HTTP GET of upstreams that can't register; empty (default): a TCP connect.
 *     What registers names its own
 * @param interval between checks of an upstream without heartbeats; default 2 s. Those with
 *     heartbeats are checked a fifth as often. Shorter finds faults without traffic sooner, and
 *     costs a connection each
 * @param timeout of a check, connect included; default 500 ms. Too short, and a busy machine looks
 *     dead
 * @param fall unanswered or unready checks in a row that make it down; default 2. A refused one is
 *     enough by itself
 * @param rise good checks in a row that bring an upstream without heartbeats back; default 2
 * @param stall the shortest silence of an upstream, with requests waiting, that can be suspicious;
 *     default 250 ms. {@link StallDetector} raises it for services that answer slowly
 * @param ejectAfter failed exchanges or 5xx in a row that eject it; default 5, 0: never ejected
 * @param ejectTime how long it stays ejected the first time, doubled each next time; default 5 s
 * @param ejectTimeMax where the doubling ends; default 5 min
 * @param slowStart over which time an upstream that comes up grows into its share; default 0: at
 *     once. A cold JVM is well served by 30 s
 */
public record HealthOptions(
    String path,
    Duration interval,
    Duration timeout,
    int fall,
    int rise,
    Duration stall,
    int ejectAfter,
    Duration ejectTime,
    Duration ejectTimeMax,
    Duration slowStart) {

  public static final HealthOptions DEFAULT =
      new HealthOptions(
          "",
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          2,
          2,
          Duration.ofMillis(250),
          5,
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ZERO);

  public HealthOptions {
    if (!path.isEmpty() && !path.startsWith("/")) {
      throw new IllegalArgumentException(
          "health.path: " + path + " (expected: a path that begins with /, or nothing)");
    }
    positive("interval", interval);
    positive("timeout", timeout);
    atLeast("fall", fall, 1);
    atLeast("rise", rise, 1);
    positive("stall", stall);
    atLeast("eject-after", ejectAfter, 0);
    positive("eject-time", ejectTime);
    if (ejectTimeMax.compareTo(ejectTime) < 0) {
      throw new IllegalArgumentException(
          "health.eject-time-max: " + ejectTimeMax + " (expected: >= health.eject-time)");
    }
    if (slowStart.isNegative()) {
      throw new IllegalArgumentException("health.slow-start: " + slowStart + " (expected: >= 0)");
    }
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("health." + key + ": " + value + " (expected: > 0)");
    }
  }

  private static void atLeast(String key, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "health." + key + ": " + value + " (expected: >= " + least + ")");
    }
  }
}

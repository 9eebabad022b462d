package dev.rollcall.proxy.health;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
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
 * @param weighByLoad whether those get less whose heartbeats tell of more load than their
 *     neighbours'; default false. See {@link LoadWatch}
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
    Duration slowStart,
    boolean weighByLoad) {

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
          Duration.ZERO,
          false);

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

  private static final ValueType<String> PATH =
      ValueType.TEXT.where(path -> path.startsWith("/"), "a path that begins with /");

  private static final ValueType<Integer> AT_LEAST_ONE =
      ValueType.COUNT.where(n -> n >= 1, "1 or more");

  /** Reads the {@code health} section. */
  public static HealthOptions read(Settings settings) {
    String path =
        settings.find(
            "health.path", PATH, "a TCP connect", "how to ask upstreams that cannot register");
    Duration ejectTime =
        wait(settings, "eject-time", "5s", "how long the first ejection lasts; doubles each time");
    Duration ejectTimeMax = wait(settings, "eject-time-max", "5m", "where the doubling ends");
    boolean ordered = ejectTimeMax.compareTo(ejectTime) >= 0;
    if (!ordered) {
      settings.refuse("health.eject-time-max", "at least health.eject-time");
    }
    return new HealthOptions(
        path == null ? "" : path,
        wait(settings, "interval", "2s", "between checks of an upstream without heartbeats"),
        wait(settings, "timeout", "500ms", "how long a check may take"),
        settings.get("health.fall", AT_LEAST_ONE, "2", "failed checks in a row that make it down"),
        settings.get("health.rise", AT_LEAST_ONE, "2", "good checks in a row that bring it back"),
        wait(settings, "stall", "250ms", "the shortest silence that can be suspicious"),
        settings.get(
            "health.eject-after",
            ValueType.COUNT,
            "5",
            "failures in a row that eject it; 0: never"),
        ejectTime,
        ordered ? ejectTimeMax : ejectTime,
        settings.get(
            "health.slow-start", ValueType.DURATION, "0s", "time to grow into its share; 0s: none"),
        settings.get(
            "health.weigh-by-load",
            ValueType.SWITCH,
            "false",
            "lower the share of those that are busier by their heartbeats"));
  }

  private static Duration wait(Settings settings, String key, String fallback, String meaning) {
    return settings.get("health." + key, ValueType.POSITIVE_DURATION, fallback, meaning);
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

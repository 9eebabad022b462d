package dev.rollcall.proxy.forward;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import dev.rollcall.proxy.forward.client.Limits;
import java.time.Duration;

/**
 * How much of one service may be under way, so that overload ends in a quick 503 rather than in a
 * collapse.
 *
 * @param inFlight requests of the service under way in this proxy; default none
 * @param tunnels open WebSockets and other tunnels to the service; default none, beyond: 503
 * @param perInstance requests under way at one instance; default none. Beyond it, requests wait
 * @param queue how many may wait, for each traffic loop; default 100, beyond: 503
 * @param patience how long one may wait; default 1 s, then 503
 * @param held how many may wait, for each traffic loop, while nobody is there; default 1000
 * @param hold how long after the last instance was lost requests wait for one, rather than be told
 *     so; default 3 s, then 503 at once
 */
public record Admission(
    int inFlight,
    int tunnels,
    int perInstance,
    int queue,
    Duration patience,
    int held,
    Duration hold) {

  public static final Admission FREE =
      new Admission(
          Limits.NONE,
          Limits.NONE,
          Limits.NONE,
          100,
          Duration.ofSeconds(1),
          1000,
          Duration.ofSeconds(3));

  private static final ValueType<Integer> COUNT = ValueType.COUNT.where(n -> n >= 1, "1 or more");

  /** Reads what holds for services that say nothing themselves: they have no limit of their own. */
  static Admission readCommon(Settings settings) {
    return read(settings, Limits.NONE, Limits.NONE);
  }

  /** Reads one service's section; what it leaves open is as for all. */
  static Admission readService(Settings service) {
    Integer own =
        service.find(
            "limit.in-flight", COUNT, "none", "requests of this service under way; then 503");
    Integer tunnels =
        service.find(
            "limit.tunnels", ValueType.COUNT, "none", "open tunnels to this service; then 503");
    return read(
        service.inheriting(),
        own == null ? Limits.NONE : own,
        tunnels == null ? Limits.NONE : tunnels);
  }

  private static Admission read(Settings settings, int inFlight, int tunnels) {
    return new Admission(
        inFlight,
        tunnels,
        settings.get(
            "limit.instance-in-flight",
            COUNT.orNone(Limits.NONE),
            "none",
            "requests under way at one instance; beyond it they wait"),
        settings.get(
            "limit.queue",
            ValueType.COUNT,
            "100",
            "requests that may wait for an instance, a loop"),
        settings.get(
            "timeout.queue", ValueType.POSITIVE_DURATION, "1s", "how long one may wait; then 503"),
        settings.get(
            "limit.hold",
            ValueType.COUNT,
            "1000",
            "requests that may wait, a loop, while nobody is there"),
        settings.get(
            "timeout.hold",
            ValueType.DURATION,
            "3s",
            "how long after its last instance was lost a service's requests wait for one; then 503"));
  }
}

package dev.rollcall.proxy;

import java.util.Set;

/** Settings of the upstream process, which may stand in a file or an environment read by both. */
final class UpstreamKeys {

  static final Set<String> ALL =
      Set.of(
          "advertise",
          "drain.stream-timeout",
          "heartbeat",
          "instance.name",
          "metadata",
          "metadata.*",
          "protocol",
          "routes",
          "service",
          "target",
          "target.health.fall",
          "target.health.interval",
          "target.health.path",
          "target.health.rise",
          "target.health.timeout",
          "tier",
          "weight");

  private UpstreamKeys() {}
}

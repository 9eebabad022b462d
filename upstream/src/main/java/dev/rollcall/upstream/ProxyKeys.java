package dev.rollcall.upstream;

import dev.rollcall.discovery.settings.Elsewhere;
import java.util.Set;

/**
 * The settings of the proxy, which may stand in a file or an environment that both processes read.
 */
final class ProxyKeys {

  static final Elsewhere ELSEWHERE =
      new Elsewhere(
          Set.of(
              "access-log",
              "access-log.only",
              "access-log.sample",
              "admin.host",
              "admin.hosts",
              "admin.port",
              "admin.token",
              "admin.token-file",
              "admin.tokens",
              "admin.tokens-file",
              "cluster.bus-port",
              "cluster.host",
              "cluster.port",
              "cluster.public-address",
              "compression",
              "compression.min-size",
              "compression.types",
              "health.eject-after",
              "health.eject-time",
              "health.eject-time-max",
              "health.fall",
              "health.interval",
              "health.path",
              "health.rise",
              "health.slow-start",
              "health.stall",
              "health.timeout",
              "health.weigh-by-load",
              "http.h2c",
              "http.trusted-proxies",
              "http.redirect-except",
              "http.redirect-to-https",
              "limit.body-size",
              "limit.connections",
              "limit.connections-per-address",
              "limit.header-count",
              "limit.header-size",
              "limit.in-flight",
              "limit.instance-in-flight",
              "limit.line-size",
              "limit.queue",
              "limit.rate",
              "limit.rate-burst",
              "limit.rate-key",
              "limit.tunnels",
              "policy",
              "register.host",
              "register.instances",
              "register.port",
              "register.token",
              "register.token-file",
              "retry.budget",
              "retry.budget-min",
              "retry.statuses",
              "retry.tries",
              "routes.claims",
              "services.*",
              "timeout.body-stall",
              "timeout.connect",
              "timeout.idle",
              "timeout.queue",
              "timeout.request-body-stall",
              "timeout.request-header",
              "timeout.response",
              "timeout.tunnel-idle",
              "tls.cert",
              "tls.client-ca",
              "tls.key",
              "tls.port",
              "transport",
              "upstreams",
              "upstreams.*",
              "workers"));

  private ProxyKeys() {}
}

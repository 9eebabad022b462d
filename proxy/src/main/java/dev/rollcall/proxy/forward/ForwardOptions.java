package dev.rollcall.proxy.forward;

import java.util.Map;

/**
 * Everything the forwarding engine can be told.
 *
 * @param timeouts how long it waits, unless a service has its own
 * @param serviceTimeouts by service
 * @param limits how much it takes
 * @param trusted whose {@code X-Forwarded-*}, {@code Forwarded} and {@code X-Request-Id} are
 *     believed; default nobody. Too wide, and clients can forge their address
 */
public record ForwardOptions(
    Timeouts timeouts,
    Map<String, Timeouts> serviceTimeouts,
    Limits limits,
    TrustedProxies trusted) {

  public static final ForwardOptions DEFAULT =
      new ForwardOptions(Timeouts.DEFAULT, Map.of(), Limits.DEFAULT, TrustedProxies.NOBODY);

  public ForwardOptions {
    serviceTimeouts = Map.copyOf(serviceTimeouts);
  }

  Timeouts timeouts(String service) {
    return serviceTimeouts.getOrDefault(service, timeouts);
  }
}

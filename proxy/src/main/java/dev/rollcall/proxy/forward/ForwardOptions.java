package dev.rollcall.proxy.forward;

/**
 * Everything the forwarding engine can be told.
 *
 * @param timeouts how long it waits
 * @param limits how much it takes
 * @param trusted whose {@code X-Forwarded-*}, {@code Forwarded} and {@code X-Request-Id} are
 *     believed; default nobody. Too wide, and clients can forge their address
 */
public record ForwardOptions(Timeouts timeouts, Limits limits, TrustedProxies trusted) {

  public static final ForwardOptions DEFAULT =
      new ForwardOptions(Timeouts.DEFAULT, Limits.DEFAULT, TrustedProxies.NOBODY);
}

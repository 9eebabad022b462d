package dev.rollcall.proxy.forward.rate;

import dev.rollcall.proxy.forward.client.ClientAddress;
import dev.rollcall.proxy.forward.client.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Refuses clients that send more than they may. Any thread: the buckets are shared by all traffic
 * loops, because the kernel decides which loop a connection comes to, and a limit for each loop
 * would let a client with many connections have many times its rate, or one with a single
 * connection a part of it. What is shared is one number a client, changed without a lock.
 */
public final class RateLimiter {

  private final TrustedProxies trusted;
  private final RateLevel all;
  private final Map<String, RateLevel> byService = new HashMap<>();

  /**
   * @param clock monotonic nanoseconds
   */
  public RateLimiter(Rates rates, TrustedProxies trusted, LongSupplier clock) {
    this.trusted = trusted;
    this.all = new RateLevel(rates.all(), clock);
    rates.byService().forEach((name, rules) -> byService.put(name, new RateLevel(rules, clock)));
  }

  /**
   * Counts a request; 0, or the seconds that its client should wait.
   *
   * @param isBelow whether the request's path is below a prefix
   */
  public int secondsToWait(HttpServerRequest request, String service, Predicate<String> isBelow) {
    RateLevel level = byService.get(service);
    RateLevel.Limit own = level == null ? null : level.of(isBelow);
    String ownKey = own == null ? "" : key(request, own.options());
    long wait = own == null ? 0 : own.buckets().take(ownKey);
    RateLevel.Limit common = wait == 0 ? all.of(isBelow) : null;
    if (common != null) {
      wait = common.buckets().take(key(request, common.options()));
      if (wait > 0 && own != null) {
        own.buckets().putBack(ownKey);
      }
    }
    return wait == 0 ? 0 : TokenBuckets.seconds(wait);
  }

  /** Who lacks the field is told apart by address, so leaving it out gains nothing. */
  private String key(HttpServerRequest request, RateOptions rate) {
    String value = rate.header() == null ? null : request.getHeader(rate.header());
    return value == null
        ? ClientAddress.network(ClientAddress.of(request, trusted))
        : "=" + shortened(value);
  }

  /** A long value must not fill our memory. */
  private static String shortened(String value) {
    return value.length() <= 64 ? value : Digests.sha256(value);
  }
}

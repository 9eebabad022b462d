package dev.rollcall.proxy.forward.rate;

import dev.rollcall.proxy.forward.client.ClientAddress;
import dev.rollcall.proxy.forward.client.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses clients that send more than they may. Any thread: the buckets are shared by all traffic
 * loops, because the kernel decides which loop a connection comes to, and a limit for each loop
 * would let a client with many connections have many times its rate, or one with a single
 * connection a part of it. What is shared is one number a client, changed without a lock.
 */
public final class RateLimiter {

  private record Limit(RateOptions options, TokenBuckets buckets) {}

  private final TrustedProxies trusted;
  private final @Nullable Limit all;
  private final Map<String, Limit> byService = new HashMap<>();

  /**
   * @param clock monotonic nanoseconds
   */
  public RateLimiter(Rates rates, TrustedProxies trusted, LongSupplier clock) {
    this.trusted = trusted;
    this.all = rates.all() == null ? null : limit(rates.all(), clock);
    rates.byService().forEach((service, rate) -> byService.put(service, limit(rate, clock)));
  }

  private static Limit limit(RateOptions rate, LongSupplier clock) {
    return new Limit(rate, new TokenBuckets(rate, clock, TokenBuckets.MOST));
  }

  /** Counts a request; 0, or the seconds that its client should wait. */
  public int secondsToWait(HttpServerRequest request, String service) {
    Limit own = byService.get(service);
    String ownKey = own == null ? "" : key(request, own.options);
    long wait = own == null ? 0 : own.buckets.take(ownKey);
    if (wait == 0 && all != null) {
      wait = all.buckets.take(key(request, all.options));
      if (wait > 0 && own != null) {
        own.buckets.putBack(ownKey);
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

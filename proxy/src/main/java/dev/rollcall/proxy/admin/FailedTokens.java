package dev.rollcall.proxy.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses tokens: after {@value #AT_ONCE} wrong ones an address has to wait, and
 * gets one more try every {@value #SECONDS_EACH} seconds (token bucket). Behind a published Docker
 * port all clients may share one address, and then share its tries. Control thread only.
 */
public final class FailedTokens {

  static final int AT_ONCE = 10;
  static final int SECONDS_EACH = 6;

  private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(SECONDS_EACH);
  private static final int ADDRESSES = 1024;

  /** By address, when its bucket will be full again; the one that failed longest ago first. */
  private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

  private final LongSupplier clock;

  /**
   * @param clock monotonic nanoseconds
   */
  public FailedTokens(LongSupplier clock) {
    this.clock = clock;
  }

  /** Seconds until the address may try again, 0 when it may now. */
  long waitSeconds(String address) {
    Long full = fullAt.get(address);
    if (full == null) {
      return 0;
    }
    long excess = full - clock.getAsLong() - NANOS_EACH * (AT_ONCE - 1);
    return excess <= 0 ? 0 : -Math.floorDiv(-excess, TimeUnit.SECONDS.toNanos(1));
  }

  /** The address came with a wrong token. */
  void failed(String address) {
    long now = clock.getAsLong();
    Long full = fullAt.get(address);
    fullAt.put(address, (full == null || full - now < 0 ? now : full) + NANOS_EACH);
    if (fullAt.size() > ADDRESSES) {
      fullAt.remove(fullAt.keySet().iterator().next());
    }
  }
}

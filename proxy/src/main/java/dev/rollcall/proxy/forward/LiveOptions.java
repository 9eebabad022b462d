package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.forward.rate.RateLimiter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the engine is told at present, and what follows from it. Any thread reads; changes come one
 * at a time.
 */
public final class LiveOptions implements Supplier<ForwardOptions> {

  private volatile ForwardOptions present;
  private volatile boolean tunnelsLimited;
  private volatile @Nullable RateLimiter rates;

  LiveOptions(ForwardOptions first) {
    this.present = first;
    this.tunnelsLimited = limitsTunnels(first);
    this.rates = limiter(first);
  }

  @Override
  public ForwardOptions get() {
    return present;
  }

  boolean limitsTunnels() {
    return tunnelsLimited;
  }

  /** Null: no limit. */
  @Nullable RateLimiter rates() {
    return rates;
  }

  /**
   * From now on these hold, also for connections that are open. What a listener was opened with
   * stays: the sizes that its decoder allows. Who has used up a rate begins anew only when rates
   * change.
   */
  void change(ForwardOptions next) {
    ForwardOptions before = present;
    present = next.decodedAs(before);
    tunnelsLimited = limitsTunnels(next);
    if (!next.rates().equals(before.rates()) || !next.trusted().equals(before.trusted())) {
      rates = limiter(next);
    }
  }

  private static boolean limitsTunnels(ForwardOptions options) {
    return options.limits().tunnels() != Limits.NONE
        || options.serviceAdmission().values().stream()
            .anyMatch(service -> service.tunnels() != Limits.NONE);
  }

  private static @Nullable RateLimiter limiter(ForwardOptions options) {
    return options.rates().isNone()
        ? null
        : new RateLimiter(options.rates(), options.trusted(), System::nanoTime);
  }
}

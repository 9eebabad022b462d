package dev.rollcall.proxy.roll;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request for an ejected upstream, to see whether it is well again (a half-open circuit
 * breaker; M. Nygard, Release It!, 2007). Whoever claims it first gets it, on any thread.
 */
public final class Trial {

  private final Upstream upstream;
  private final AtomicBoolean claimed = new AtomicBoolean();

  Trial(Upstream upstream) {
    this.upstream = upstream;
  }

  /**
   * The upstream on trial for the one caller that must now send it a request, null for all others.
   * Claim only with a request that may safely be sent to another upstream if this one fails.
   */
  public @Nullable Upstream claim() {
    return !claimed.get() && claimed.compareAndSet(false, true) ? upstream : null;
  }

  public Upstream upstream() {
    return upstream;
  }

  public boolean claimed() {
    return claimed.get();
  }
}

package dev.rollcall.proxy.forward.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.TimeUnit;

/**
 * For how long a connection has been idle, and may be before its upstream closes it. Traffic loop
 * only.
 */
final class IdleTime {

  /** Where the upstream doesn't say: Node.js, the shortest, closes at 5 s. */
  private static final long ASSUMED = TimeUnit.SECONDS.toNanos(4);

  /** A request that can't be repeated takes only connections that were used this recently. */
  private static final long YOUNG = TimeUnit.SECONDS.toNanos(1);

  private long since;
  private long limit = ASSUMED;

  /** It begins now. */
  void begin() {
    since = System.nanoTime();
  }

  /** Takes note of what the upstream says with a response. */
  void heed(HttpHeaders headers) {
    limit = KeepAliveHint.nanos(headers, ASSUMED);
  }

  boolean isYoung(long now) {
    return now - since <= YOUNG;
  }

  /** True when the upstream may be about to close it. */
  boolean isOver(long now) {
    return now - since > limit;
  }
}

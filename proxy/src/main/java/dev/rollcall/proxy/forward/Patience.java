package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.Timeouts;
import dev.rollcall.proxy.forward.upstream.ForwardFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an upstream may take for what, and how that is called when it takes longer. Each method
 * is told for how many nanoseconds it has; a stream may pause for as long as a tunnel. Pure.
 */
final class Patience {

  private Patience() {}

  /** To take more of a request. */
  static @Nullable ForwardFailure toTake(long nanos, Timeouts timeouts, boolean streaming) {
    Duration limit = limit(timeouts.requestBodyStall(), timeouts, streaming);
    return nanos <= limit.toNanos()
        ? null
        : new ForwardFailure.TimedOut(
            "took nothing of the request for " + limit.toMillis() + " ms");
  }

  /** To begin its answer, once it has the request. */
  static @Nullable ForwardFailure toAnswer(long nanos, Timeouts timeouts, boolean streaming) {
    Duration limit = limit(timeouts.response(), timeouts, streaming);
    return nanos <= limit.toNanos()
        ? null
        : new ForwardFailure.TimedOut("no response for " + limit.toMillis() + " ms");
  }

  /** To go on with it. */
  static @Nullable ForwardFailure toGoOn(long nanos, Timeouts timeouts, boolean streaming) {
    Duration limit = limit(timeouts.bodyStall(), timeouts, streaming);
    return nanos <= limit.toNanos()
        ? null
        : new ForwardFailure.Broken("no byte of the body for " + limit.toSeconds() + " s");
  }

  private static Duration limit(Duration plain, Timeouts timeouts, boolean streaming) {
    return streaming ? timeouts.tunnelIdle() : plain;
  }
}

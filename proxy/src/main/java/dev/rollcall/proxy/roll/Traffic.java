package dev.rollcall.proxy.roll;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What this proxy has going on with one upstream. Written by every traffic loop, read by anyone;
 * never locks.
 */
public final class Traffic {

  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder requests = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /** Requests, tunnels and streams that were handed to the upstream and have not ended. */
  public int inFlight() {
    return inFlight.get();
  }

  public long requests() {
    return requests.sum();
  }

  /** Exchanges that ended without a whole response, or with a 5xx. */
  public long failures() {
    return failures.sum();
  }

  /** An exchange begins. Each call is followed by exactly one {@link #closed}. */
  public void opened() {
    inFlight.incrementAndGet();
    requests.increment();
  }

  /** The exchange has ended, however it did. */
  public void closed() {
    inFlight.decrementAndGet();
  }

  public void failed() {
    failures.increment();
  }
}

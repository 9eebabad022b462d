package dev.rollcall.proxy.forward;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many clients may be connected, in all and from one address. Any thread. */
public final class ConnectionLimit {

  private final Limits limits;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

  ConnectionLimit(Limits limits) {
    this.limits = limits;
  }

  /** False: one too many; then {@link #leave} must not be called. */
  boolean enter(InetAddress address) {
    if (limits.connections() != Limits.NONE && open.get() >= limits.connections()) {
      return false;
    }
    if (limits.connectionsPerAddress() != Limits.NONE
        && byAddress.merge(address, 1, Integer::sum) > limits.connectionsPerAddress()) {
      byAddress.computeIfPresent(address, (a, n) -> n > 1 ? n - 1 : null);
      return false;
    }
    open.incrementAndGet();
    return true;
  }

  void leave(InetAddress address) {
    open.decrementAndGet();
    if (limits.connectionsPerAddress() != Limits.NONE) {
      byAddress.computeIfPresent(address, (a, n) -> n > 1 ? n - 1 : null);
    }
  }

  /** Client connections that are open now. */
  public int open() {
    return open.get();
  }
}

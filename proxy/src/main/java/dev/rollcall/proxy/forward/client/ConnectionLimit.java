package dev.rollcall.proxy.forward.client;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** How many clients may be connected, in all and from one address. Any thread. */
public final class ConnectionLimit {

  private final Supplier<Limits> limits;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

  /**
   * @param limits at present; they may change while connections are open, so all are counted
   */
  public ConnectionLimit(Supplier<Limits> limits) {
    this.limits = limits;
  }

  /** False: one too many; then {@link #leave} must not be called. */
  public boolean enter(InetAddress address) {
    Limits now = limits.get();
    if (now.connections() != Limits.NONE && open.get() >= now.connections()) {
      return false;
    }
    int most = now.connectionsPerAddress();
    if (byAddress.merge(address, 1, Integer::sum) > most && most != Limits.NONE) {
      oneLess(address);
      return false;
    }
    open.incrementAndGet();
    return true;
  }

  public void leave(InetAddress address) {
    open.decrementAndGet();
    oneLess(address);
  }

  private void oneLess(InetAddress address) {
    byAddress.computeIfPresent(address, (a, n) -> n > 1 ? n - 1 : null);
  }

  /** Client connections that are open now. */
  public int open() {
    return open.get();
  }
}

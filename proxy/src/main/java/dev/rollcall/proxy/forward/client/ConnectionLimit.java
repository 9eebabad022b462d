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
    if (isFull()) {
      return false;
    }
    int most = limits.get().connectionsPerAddress();
    if (byAddress.merge(address, 1, Integer::sum) > most && most != Limits.NONE) {
      oneLess(address);
      return false;
    }
    open.incrementAndGet();
    return true;
  }

  /** The same for a trusted proxy: many clients stand behind its one address. */
  boolean enterTrusted() {
    if (isFull()) {
      return false;
    }
    open.incrementAndGet();
    return true;
  }

  void leaveTrusted() {
    open.decrementAndGet();
  }

  private boolean isFull() {
    int most = limits.get().connections();
    return most != Limits.NONE && open.get() >= most;
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

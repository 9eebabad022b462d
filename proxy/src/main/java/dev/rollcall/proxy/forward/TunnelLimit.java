package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.Limits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many tunnels may be open, in all and to one service. Any thread. */
public final class TunnelLimit {

  private final LiveOptions live;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, AtomicInteger> byService = new ConcurrentHashMap<>();

  TunnelLimit(LiveOptions live) {
    this.live = live;
  }

  /** Nothing is limited. */
  boolean isNone() {
    return !live.limitsTunnels();
  }

  /** False: one too many. Each true is followed by {@link #leave}. */
  boolean enter(String service) {
    ForwardOptions now = live.get();
    if (!enter(open, now.limits().tunnels())) {
      return false;
    }
    // Counted without a limit too: there may be one before it closes.
    AtomicInteger own = byService.computeIfAbsent(service, s -> new AtomicInteger());
    if (!enter(own, now.admission(service).tunnels())) {
      open.decrementAndGet();
      return false;
    }
    return true;
  }

  private static boolean enter(AtomicInteger count, int limit) {
    if (count.incrementAndGet() > limit && limit != Limits.NONE) {
      count.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave(String service) {
    open.decrementAndGet();
    AtomicInteger own = byService.get(service);
    if (own != null) {
      own.decrementAndGet();
    }
  }

  /** Tunnels that are open now. */
  public int open() {
    return open.get();
  }
}

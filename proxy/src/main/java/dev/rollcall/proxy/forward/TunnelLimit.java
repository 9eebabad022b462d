package dev.rollcall.proxy.forward;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many tunnels may be open, in all and to one service. Any thread. */
public final class TunnelLimit {

  private final ForwardOptions options;
  private final boolean none;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, AtomicInteger> byService = new ConcurrentHashMap<>();

  TunnelLimit(ForwardOptions options) {
    this.options = options;
    this.none =
        options.limits().tunnels() == Limits.NONE
            && options.serviceAdmission().values().stream()
                .allMatch(service -> service.tunnels() == Limits.NONE);
  }

  /** Nothing is limited. */
  boolean isNone() {
    return none;
  }

  /** False: one too many. Each true is followed by {@link #leave}. */
  boolean enter(String service) {
    if (!enter(open, options.limits().tunnels())) {
      return false;
    }
    int own = options.admission(service).tunnels();
    if (own != Limits.NONE
        && !enter(byService.computeIfAbsent(service, s -> new AtomicInteger()), own)) {
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

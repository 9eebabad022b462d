package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.message.Refusal;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a request takes up as long as it is under way: a place among its service's requests, and one
 * among the tunnels if it becomes one. Given back once, however often that is asked for. Traffic
 * loop only.
 */
final class Place {

  private final ForwardContext context;
  private final String service;
  private @Nullable AtomicInteger request;
  private boolean tunnel;

  Place(ForwardContext context, String service) {
    this.context = context;
    this.service = service;
  }

  /**
   * Null, or why it gets none: the service has as many under way as it may have.
   *
   * @param forTunnel it may become one
   */
  @Nullable Refusal take(boolean forTunnel) {
    request = context.enter(service);
    if (request == null) {
      return Refusal.OVERLOAD;
    }
    return forTunnel && !mayTunnel() ? Refusal.TUNNELS : null;
  }

  /** Where tunnels are limited, who asks for one takes a place before any upstream is asked. */
  private boolean mayTunnel() {
    TunnelLimit limit = context.tunnels();
    if (limit.isNone()) {
      return true;
    }
    tunnel = limit.enter(service);
    return tunnel;
  }

  /** It is a tunnel now. */
  void tunnels() {
    if (!tunnel) {
      tunnel = context.tunnels().enter(service);
    }
  }

  void giveBack() {
    if (request != null) {
      context.leave(request);
      request = null;
    }
    if (tunnel) {
      tunnel = false;
      context.tunnels().leave(service);
    }
  }
}

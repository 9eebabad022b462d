package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.roll.RouteTable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait for which a proxy that has just started knows no route: the instances that
 * serve it may be there, and only not heard yet. Without them, the first moments of a proxy would
 * be 503s for everybody. Bodies are not kept: what has one is answered at once. Traffic loop only.
 */
final class EarlyRequests {

  private record Early(InboundRequest request, Consumer<InboundRequest> engine, long since) {}

  private final ForwardContext context;
  private final Deque<Early> waiting = new ArrayDeque<>();
  private RouteTable known = RouteTable.EMPTY;
  private @Nullable Early calledIn;

  EarlyRequests(ForwardContext context) {
    this.context = context;
  }

  /**
   * Keeps a request for a while.
   *
   * @param engine serves it when there is a route, or when it has waited long enough
   * @return false: there is nothing to wait for, or no longer
   */
  boolean keep(InboundRequest request, Consumer<InboundRequest> engine) {
    if (!context.arrival().isUnderWay()) {
      return false;
    }
    long now = System.nanoTime();
    Early again = calledIn != null && calledIn.request() == request ? calledIn : null;
    Early early = again == null ? new Early(request, engine, now) : again;
    if (isLate(early, now) || waiting.size() >= limits().held()) {
      return false;
    }
    if (again == null) {
      context.counters().waited();
    }
    waiting.addLast(early);
    return true;
  }

  /** Serves those for whom something may have changed; to be called every now and then. */
  void tick(long now) {
    if (waiting.isEmpty()) {
      return;
    }
    RouteTable routes = context.roll().snapshot().routes();
    boolean changed = routes != known || !context.arrival().isUnderWay();
    known = routes;
    for (int left = waiting.size(); left > 0; left--) {
      Early early = waiting.removeFirst();
      if (early.request().response().closed()) {
        context.counters().cancelled();
      } else if (changed || isLate(early, now)) {
        serve(early);
      } else {
        waiting.addLast(early);
      }
    }
  }

  /** This proxy stops: nobody waits any longer. */
  void turnAway() {
    context.arrival().end();
    tick(System.nanoTime());
  }

  private void serve(Early early) {
    calledIn = early;
    try {
      early.engine().accept(early.request());
    } finally {
      calledIn = null;
    }
  }

  private boolean isLate(Early early, long now) {
    Duration hold = limits().hold();
    return now - early.since() >= hold.toNanos();
  }

  private Admission limits() {
    return context.options().admission("");
  }
}

package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.roll.RouteTable;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait for which a proxy that has just started knows no route: the instances that
 * serve it may be there, and only not heard yet. Without them, the first moments of a proxy would
 * be 503s for everybody. Who finds a service waits in line there, as after an outage: whoever has
 * just come isn't run over. Traffic loop only.
 */
final class EarlyRequests {

  private final TrafficLoop loop;
  private final ForwardContext context;
  private final Deque<EarlyRequest> waiting = new ArrayDeque<>();
  private RouteTable known = RouteTable.EMPTY;
  private @Nullable EarlyRequest calledIn;

  EarlyRequests(TrafficLoop loop) {
    this.loop = loop;
    this.context = loop.context();
  }

  /**
   * Keeps a request for a while.
   *
   * @param engine serves it when there is a route, or when it has waited long enough
   * @return false: there is nothing to wait for, or no longer
   */
  boolean keep(InboundRequest request, Engine engine) {
    if (!context.arrival().isUnderWay()) {
      return false;
    }
    long now = System.nanoTime();
    EarlyRequest again = calledIn(request);
    if (isLate(again == null ? now : again.since(), now) || waiting.size() >= limits().held()) {
      return false;
    }
    if (again == null) {
      context.counters().waited();
      waiting.addLast(EarlyRequest.begin(request, loop, engine, now));
    } else {
      waiting.addLast(again);
    }
    return true;
  }

  /** What has come of the body of a request that has waited here; null: it has not. */
  @Nullable IncomingBody handOn(InboundRequest request) {
    EarlyRequest early = calledIn(request);
    return early == null ? null : early.handOn();
  }

  private @Nullable EarlyRequest calledIn(InboundRequest request) {
    return calledIn != null && calledIn.request() == request ? calledIn : null;
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
      EarlyRequest early = waiting.removeFirst();
      if (early.isOver()) {
        continue;
      }
      if (changed || isLate(early.since(), now)) {
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

  private void serve(EarlyRequest early) {
    calledIn = early;
    try {
      early.serve();
    } finally {
      calledIn = null;
    }
    if (!early.isOver() && waiting.peekLast() != early) {
      early.answered();
    }
  }

  private boolean isLate(long since, long now) {
    return now - since >= limits().hold().toNanos();
  }

  private Admission limits() {
    return context.options().admission("");
  }
}

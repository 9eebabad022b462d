package dev.rollcall.proxy.forward;

import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.logging.OwnFaults;
import dev.rollcall.proxy.forward.retry.Retries;
import dev.rollcall.proxy.forward.retry.RetryBudget;
import dev.rollcall.proxy.forward.upstream.Http1Pool;
import dev.rollcall.proxy.forward.upstream.Http2Pool;
import dev.rollcall.proxy.forward.upstream.UpstreamConnector;
import dev.rollcall.proxy.forward.upstream.UpstreamPool;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Transition;
import dev.rollcall.proxy.roll.Upstream;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of the traffic: its connections to clients and upstreams, the requests
 * under way, and the tick that watches their deadlines. Touched by its own thread only, so nothing
 * in it locks.
 */
final class TrafficLoop {

  private static final long TICK_MILLIS = 50;

  private static final int TICKS_A_SWEEP = 5;

  private static final int MOST_BUDGETS = 1000;

  private final int number;
  private final EventLoop eventLoop;
  private final ForwardContext context;
  private final UpstreamConnector connector;
  private final OwnFaults faults = new OwnFaults();
  private final Map<Retries, RetryBudget> budgets = new IdentityHashMap<>();
  private Retries lastRetries;
  private RetryBudget lastBudget;
  private final Map<Upstream, UpstreamPool> pools = new IdentityHashMap<>();
  private final WaitingRooms waitingRooms;
  private final EarlyRequests earlyRequests;
  private final UnderWay underWay = new UnderWay();
  private Map<Upstream, Long> waiting = new HashMap<>();
  private int ticks;
  private boolean stopping;
  private LongConsumer clients = now -> {};
  private Runnable deaf = () -> {};
  private @Nullable ScheduledFuture<?> ticking;

  TrafficLoop(int number, Vertx vertx, EventLoop eventLoop, ForwardContext context) {
    this.number = number;
    this.eventLoop = eventLoop;
    this.context = context;
    this.connector =
        new UpstreamConnector(vertx, eventLoop, () -> context.options().timeouts().connect());
    this.waitingRooms = new WaitingRooms(context);
    this.earlyRequests = new EarlyRequests(this);
    this.lastRetries = context.options().retries();
    this.lastBudget = find(lastRetries);
  }

  /**
   * Begins to hear of the roll and to watch deadlines; called on the loop.
   *
   * @param sweep looks at clients, a few times a second
   */
  void start(LongConsumer sweep) {
    clients = sweep;
    deaf =
        context
            .roll()
            .onTransition(news -> faults.contain("a change of the roll", () -> heed(news)));
    ticking =
        eventLoop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** From now on every answer over HTTP/1 ends its connection. */
  void stopping() {
    stopping = true;
    earlyRequests.turnAway();
  }

  boolean isStopping() {
    return stopping;
  }

  /** The last request is over: closes what is open to upstreams. */
  void close() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    deaf.run();
    pools.values().forEach(UpstreamPool::retire);
    pools.clear();
    connector.close();
  }

  ForwardContext context() {
    return context;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  OwnFaults faults() {
    return faults;
  }

  /** The budget that all services share which have the same settings, and not merely equal ones. */
  RetryBudget budget(Retries retries) {
    if (retries != lastRetries) {
      lastRetries = retries;
      lastBudget = find(retries);
    }
    return lastBudget;
  }

  private RetryBudget find(Retries retries) {
    RetryBudget known = budgets.get(retries);
    if (known != null) {
      return known;
    }
    if (budgets.size() > MOST_BUDGETS) {
      // Settings that were changed again and again: nobody asks for those before.
      budgets.clear();
    }
    RetryBudget made = new RetryBudget(retries, context.loops(), System.nanoTime());
    budgets.put(retries, made);
    return made;
  }

  UpstreamPool pool(Upstream upstream) {
    UpstreamPool pool = pools.get(upstream);
    return pool != null ? pool : pools.computeIfAbsent(upstream, this::newPool);
  }

  private UpstreamPool newPool(Upstream upstream) {
    return upstream.instance().protocol() == Protocol.H2C
        ? new Http2Pool(upstream, connector)
        : new Http1Pool(upstream, connector);
  }

  WaitingRooms waitingRooms() {
    return waitingRooms;
  }

  EarlyRequests earlyRequests() {
    return earlyRequests;
  }

  void begin(Forwarding forwarding) {
    underWay.add(forwarding);
    context.inFlight().incrementAndGet();
  }

  void end(Forwarding forwarding) {
    if (underWay.remove(forwarding)) {
      context.inFlight().decrementAndGet();
      if (!waitingRooms.areEmpty()) {
        eventLoop.execute(waitingRooms::answered);
      }
    }
  }

  private void heed(Transition transition) {
    Upstream upstream = transition.upstream();
    waitingRooms.heed(transition);
    switch (transition.to()) {
      case UP -> pool(upstream).warm();
      case DRAINING -> retire(upstream);
      case DOWN -> {
        retire(upstream);
        for (Forwarding forwarding : underWay.copy()) {
          forwarding.dispatch().takenDown(upstream, transition.reason());
        }
      }
      case EJECTED -> {
        for (Forwarding forwarding : underWay.copy()) {
          forwarding.dispatch().ejected(upstream, transition.reason());
        }
      }
      case JOINING, SUSPECT -> {
        // What is under way goes on.
      }
    }
  }

  private void retire(Upstream upstream) {
    UpstreamPool pool = pools.remove(upstream);
    if (pool != null) {
      pool.retire();
    }
  }

  /** Whatever goes wrong in one: the next must come, or nothing had a deadline any more. */
  private void tick() {
    long now = System.nanoTime();
    faults.contain("a look at requests", () -> watchRequests(now));
    faults.contain("a look at early requests", () -> earlyRequests.tick(now));
    faults.contain("a look at who waits", () -> waitingRooms.tick(now));
    if (++ticks % TICKS_A_SWEEP == 0) {
      faults.contain("a look at clients", () -> clients.accept(now));
      faults.contain("a look at upstreams", () -> pools.values().forEach(p -> p.sweep(now)));
    }
  }

  private void watchRequests(long now) {
    Map<Upstream, Long> oldest = new HashMap<>();
    for (Forwarding forwarding : underWay.copy()) {
      forwarding.check(now, oldest);
    }
    report(oldest, now);
  }

  /** Tells how long the oldest request waits, and once that nothing waits any more. */
  private void report(Map<Upstream, Long> oldest, long now) {
    oldest.forEach((upstream, since) -> context.witness().waiting(upstream, number, now - since));
    for (Upstream before : waiting.keySet()) {
      if (!oldest.containsKey(before) && before.availability() != Availability.DOWN) {
        context.witness().waiting(before, number, 0);
      }
    }
    waiting = oldest;
  }
}

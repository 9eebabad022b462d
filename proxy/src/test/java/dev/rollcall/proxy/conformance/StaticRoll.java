package dev.rollcall.proxy.conformance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.RollView;
import dev.rollcall.proxy.roll.RouteTable;
import dev.rollcall.proxy.roll.RouteTable.Route;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.Snapshot;
import dev.rollcall.proxy.roll.Transition;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Handler;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A roll on which nothing changes: every upstream is up, under one route. */
final class StaticRoll implements RollView {

  static final String SERVICE = "hello";

  private final List<Upstream> upstreams;
  private final Snapshot snapshot;

  StaticRoll(FixedRoll upstreams, @Nullable Route route) {
    this.upstreams = upstreams.upstreams();
    this.snapshot =
        this.upstreams.isEmpty()
            ? Snapshot.EMPTY
            : picture(route == null ? new Route("", "/", SERVICE) : route);
  }

  private Snapshot picture(Route route) {
    int[] weights = new int[upstreams.size()];
    Arrays.fill(weights, 1);
    ServiceRoll service = new ServiceRoll(SERVICE, upstreams, new Candidates(upstreams, weights));
    return new Snapshot(Map.of(SERVICE, service), new RouteTable(List.of(route)));
  }

  /** Requests and tunnels that upstreams still have. */
  int inFlight() {
    return upstreams.stream().mapToInt(u -> u.traffic().inFlight()).sum();
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public Runnable onTransition(Handler<Transition> handler) {
    return () -> {};
  }
}

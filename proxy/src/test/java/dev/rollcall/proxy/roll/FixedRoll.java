package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A roll that tests write by hand: every endpoint is up until the test says otherwise. */
public final class FixedRoll implements RollView {

  private record Listener(Context context, Handler<Transition> handler) {}

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Upstream> upstreams;
  private volatile Snapshot snapshot;

  public FixedRoll(Protocol protocol, Endpoint... endpoints) {
    this.upstreams = List.of(endpoints).stream().map(e -> upstream(e, protocol)).toList();
    this.snapshot = picture();
  }

  public List<Upstream> upstreams() {
    return upstreams;
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public Runnable onTransition(Handler<Transition> handler) {
    Listener listener = new Listener(Vertx.currentContext(), handler);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Changes what the roll thinks of an upstream and tells the traffic loops. */
  public void turn(Upstream upstream, Availability to, String reason) {
    Transition transition =
        new Transition(upstream, upstream.availability(), to, reason, Instant.EPOCH);
    upstream.standing(new Standing(to, true, reason, Instant.EPOCH));
    snapshot = picture();
    listeners.forEach(l -> l.context().runOnContext(v -> l.handler().handle(transition)));
  }

  private Snapshot picture() {
    List<Upstream> up =
        upstreams.stream().filter(u -> u.availability() == Availability.UP).toList();
    int[] weights = up.stream().mapToInt(u -> 1).toArray();
    ServiceRoll service = new ServiceRoll("test", upstreams, new Candidates(up, weights));
    RouteTable routes = new RouteTable(List.of(new RouteTable.Route("", "/", "test")));
    return new Snapshot(Map.of("test", service), routes);
  }

  private static Upstream upstream(Endpoint endpoint, Protocol protocol) {
    Upstream upstream =
        new Upstream(
            Instance.named(
                endpoint.toString(),
                "0",
                "test",
                endpoint.toString(),
                endpoint,
                protocol,
                new ProbeTarget.None()));
    upstream.standing(new Standing(Availability.UP, false, "fixed", Instant.EPOCH));
    return upstream;
  }
}

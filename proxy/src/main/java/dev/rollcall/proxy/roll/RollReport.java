package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Subscription;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** The roll for those who look on: the API, the dashboard, the metrics. Control thread only. */
public final class RollReport {

  private final RollView roll;
  private final EventLog events;
  private final LongSupplier clock;

  /**
   * @param clock monotonic nanoseconds, the one that {@link Pulse} is told
   */
  public RollReport(RollView roll, EventLog events, LongSupplier clock) {
    this.roll = roll;
    this.events = events;
    this.clock = clock;
  }

  /** Services with candidates, routes. */
  public Snapshot snapshot() {
    return roll.snapshot();
  }

  /** The upstreams of one service, in order of id; none when there is no such service. */
  public List<UpstreamReport> upstreams(String service) {
    ServiceRoll known = roll.snapshot().service(service);
    return known == null
        ? List.of()
        : known.upstreams().stream().map(upstream -> report(upstream, known)).toList();
  }

  /** True when at least one upstream may take a request. */
  public boolean isReady() {
    return roll.snapshot().services().values().stream().anyMatch(s -> !s.candidates().isEmpty());
  }

  /** The last flips of state, oldest first. */
  public List<Transition> lastEvents() {
    return events.last();
  }

  /** Calls the handler on the control thread for each flip from now on. */
  public Subscription onEvent(Handler<Transition> handler) {
    return events.subscribe(handler);
  }

  private UpstreamReport report(Upstream upstream, ServiceRoll service) {
    long beaten = upstream.pulse().beatenAt();
    return new UpstreamReport(
        upstream,
        upstream.standing(),
        service.takes(upstream),
        beaten == Pulse.NEVER ? null : Duration.ofNanos(clock.getAsLong() - beaten));
  }
}

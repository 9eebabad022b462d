package dev.rollcall.proxy.health;

import dev.rollcall.proxy.health.Actor.Manner;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.Transition;
import dev.rollcall.proxy.roll.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Open-loop requests to the world's service, as the engine would forward them: in turn over the
 * candidates, moved when their upstream goes down, tried elsewhere when they are refused or reset;
 * a trial is claimed when one is offered.
 */
final class Load {

  private static final class Request {
    final long since;
    final Set<Upstream> tried = new HashSet<>();
    final int number;
    Upstream at;
    long triedAt;
    long takes;

    Request(long since, int number) {
      this.since = since;
      this.number = number;
    }
  }

  private final World world;
  private final long gap;
  private final ToLongFunction<Integer> latency;
  private final Set<Request> open = new HashSet<>();
  private final Map<String, Integer> answeredBy = new LinkedHashMap<>();
  private final Map<Upstream, Long> told = new HashMap<>();

  /** True: no request may be a trial. */
  boolean unfit;

  private long nextAt;
  private long reportAt;
  private int turn;
  private int sent;
  private int failed;
  private long worst;

  /**
   * @param rate requests a second
   * @param latency nanoseconds that the request of a number takes at a sound instance
   */
  Load(World world, int rate, ToLongFunction<Integer> latency) {
    this.world = world;
    this.gap = Duration.ofSeconds(1).toNanos() / rate;
    this.latency = latency;
    this.nextAt = world.now();
    world.roll.onTransition(this::turned);
    world.also(this::step);
  }

  static Load of(World world, int rate, Duration latency) {
    return new Load(world, rate, number -> latency.toNanos());
  }

  Duration worst() {
    long now = world.now();
    return Duration.ofNanos(
        Math.max(worst, open.stream().mapToLong(r -> now - r.since).max().orElse(0)));
  }

  int failed() {
    return failed;
  }

  /** Requests answered by one since the last {@link #forget}. */
  int answeredBy(String id) {
    return answeredBy.getOrDefault(id, 0);
  }

  /** Begins to count anew. */
  void forget() {
    worst = 0;
    failed = 0;
    answeredBy.clear();
  }

  private void step() {
    while (nextAt <= world.now()) {
      dispatch(new Request(world.now(), sent++));
      nextAt += gap;
    }
    for (Request request : List.copyOf(open)) {
      carry(request);
    }
    if (world.now() >= reportAt) {
      reportAt = world.now() + Duration.ofMillis(50).toNanos();
      report();
    }
  }

  private void dispatch(Request request) {
    Upstream to = choose(request);
    if (to == null) {
      failed++;
      open.remove(request);
      return;
    }
    request.at = to;
    request.tried.add(to);
    request.triedAt = world.now();
    request.takes = latency.applyAsLong(request.number);
    to.traffic().opened();
    open.add(request);
    if (manner(to) == Manner.REFUSES) {
      fail(request, TrafficFault.REFUSED);
    }
  }

  private @Nullable Upstream choose(Request request) {
    ServiceRoll service = world.roll.snapshot().service("hello");
    if (service == null) {
      return null;
    }
    boolean fit = service.trial() != null && !unfit;
    Upstream onTrial = fit ? service.trial().claim() : null;
    if (onTrial != null) {
      return onTrial;
    }
    List<Upstream> all = new ArrayList<>(service.candidates().list());
    all.removeAll(request.tried);
    return all.isEmpty() ? null : all.get(Math.floorMod(turn++, all.size()));
  }

  private void carry(Request request) {
    Manner manner = manner(request.at);
    if (manner == Manner.REFUSES) {
      fail(request, TrafficFault.RESET);
    } else if (manner != Manner.SILENT
        && !world.actors.get(request.at.id()).stuck
        && world.now() - request.triedAt >= request.takes) {
      int status = world.actors.get(request.at.id()).status.applyAsInt(request.number);
      world.ear.answered(request.at, status, world.now() - request.triedAt);
      end(request);
      answeredBy.merge(request.at.id(), 1, Integer::sum);
      worst = Math.max(worst, world.now() - request.since);
    }
  }

  private void fail(Request request, TrafficFault fault) {
    Upstream at = request.at;
    end(request);
    world.ear.failed(at, fault, "connection " + fault.name().toLowerCase());
    dispatch(request);
  }

  private void end(Request request) {
    request.at.traffic().closed();
    open.remove(request);
  }

  private void turned(Transition transition) {
    if (transition.to() == Availability.DOWN || transition.to() == Availability.EJECTED) {
      for (Request request : List.copyOf(open)) {
        if (request.at == transition.upstream()) {
          end(request);
          dispatch(request);
        }
      }
    }
  }

  private void report() {
    Map<Upstream, Long> oldest = new HashMap<>();
    open.forEach(r -> oldest.merge(r.at, r.triedAt, Math::min));
    oldest.forEach((u, since) -> world.ear.waiting(u, 0, Math.max(1, world.now() - since)));
    told.keySet().stream()
        .filter(u -> !oldest.containsKey(u))
        .forEach(u -> world.ear.waiting(u, 0, 0));
    told.clear();
    told.putAll(oldest);
  }

  private Manner manner(Upstream upstream) {
    return world.actors.get(upstream.id()).manner;
  }
}

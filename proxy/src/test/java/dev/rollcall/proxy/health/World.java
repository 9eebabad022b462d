package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.health.Actor.Manner;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.Transition;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A service called {@code hello} in a world without network: instances answer probes and beat as
 * told, on a clock that moves by steps of 5 ms.
 */
final class World {

  private static final Duration STEP = Duration.ofMillis(5);

  private record Later(long at, Runnable what) {}

  final Map<String, Actor> actors = new TreeMap<>();
  final List<Transition> flips = new ArrayList<>();
  final FakeRegistry registry = new FakeRegistry();
  final Roll roll;
  final Health health;
  final TrafficEar ear;
  HealthOptions options = HealthOptions.DEFAULT;
  private final List<Later> later = new ArrayList<>();
  private final Map<String, Integer> seqs = new HashMap<>();
  private final List<Runnable> others = new ArrayList<>();
  private long tickedAt;
  private long now = Duration.ofHours(1).toNanos();

  World() {
    this(new Random(1));
  }

  World(Random random) {
    InstantSource wall = InstantSource.system();
    roll = new Roll(RollOptions.DEFAULT, wall);
    roll.onTransition(flips::add);
    health = new Health(roll, service -> options, this::probe, () -> now, random);
    health.join(registry);
    ear = new TrafficEar(() -> now, health::failed, health.stirred());
  }

  long now() {
    return now;
  }

  static Instance instance(String id, ProbeTarget probe) {
    return Instance.named(
        id, "epoch", "hello", id, new Endpoint(id + ".test", 8080), Protocol.HTTP, probe);
  }

  /** A registered instance that answers HTTP probes. */
  Actor register(String id) {
    return register(instance(id, new ProbeTarget.Http("/health/ready", true)));
  }

  Actor register(Instance instance) {
    return register(instance, Manner.WELL);
  }

  /** An instance that is in this manner from the first probe on. */
  Actor register(Instance instance, Manner manner) {
    Actor actor = new Actor(instance);
    actor.manner = manner;
    actor.nextBeat = now + instance.heartbeat().toNanos();
    actors.put(instance.id(), actor);
    seqs.put(instance.id(), (int) instance.seq());
    health.hear(new InstanceChange.Registered(instance));
    return actor;
  }

  /** An upstream of the settings. */
  Actor name(String id) {
    Instance instance = instance(id, new ProbeTarget.Tcp());
    Actor actor = new Actor(instance);
    actor.beats = false;
    actors.put(id, actor);
    health.named(instance);
    return actor;
  }

  void say(String id, InstanceState state) {
    say(id, state, null);
  }

  void say(String id, InstanceState state, InstanceOverride override) {
    int seq = seqs.merge(id, 1, Integer::sum);
    Instance is = actors.get(id).said.later(seq, state, override);
    actors.get(id).said = is;
    health.hear(new InstanceChange.Registered(is));
  }

  void disconnect(String id) {
    health.hear(new InstanceChange.Disconnected(id));
  }

  /** The process dies: probes are refused, beats stop. */
  void kill(String id) {
    actors.get(id).manner = Manner.REFUSES;
    actors.get(id).beats = false;
  }

  /** The process stands still: nothing is refused, nothing is answered. */
  void freeze(String id) {
    actors.get(id).manner = Manner.SILENT;
    actors.get(id).beats = false;
  }

  void revive(String id) {
    actors.get(id).manner = Manner.WELL;
    actors.get(id).beats = true;
    actors.get(id).nextBeat = now;
  }

  /** Lets time pass. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      now += STEP.toNanos();
      step();
    }
  }

  /** The proxy's process stands still while the world goes on, and then hears of it. */
  void standStill(Duration time) {
    now += time.toNanos();
    step();
  }

  /** Calls {@code each} at every step from now on. */
  void also(Runnable each) {
    others.add(each);
  }

  private void step() {
    if (now - tickedAt >= Health.TICK.toNanos()) {
      tickedAt = now;
      health.tick();
    }
    List<Later> due = later.stream().filter(l -> l.at <= now).toList();
    later.removeAll(due);
    due.forEach(l -> l.what.run());
    actors.forEach(this::beat);
    List.copyOf(others).forEach(Runnable::run);
  }

  private void beat(String id, Actor actor) {
    if (actor.beats && now >= actor.nextBeat) {
      actor.nextBeat = now + actor.said.heartbeat().toNanos();
      health.hear(
          new InstanceChange.Beaten(
              id, new Beat(actor.said.epoch(), ++actor.seq, actor.inFlight, actor.load)));
    }
  }

  private Future<ProbeResult> probe(Upstream upstream, Duration timeout) {
    Actor actor = actors.get(upstream.id());
    actor.probes++;
    Promise<ProbeResult> answer = Promise.promise();
    ProbeResult result = actor.manner.answer();
    boolean never = actor.manner == Manner.SILENT;
    long takes = never ? timeout.toNanos() : Duration.ofMillis(5).toNanos();
    later.add(new Later(now + takes, () -> answer.complete(result)));
    return answer.future();
  }

  Upstream upstream(String id) {
    return roll.find(id);
  }

  Availability of(String id) {
    Upstream upstream = roll.find(id);
    return upstream == null ? null : upstream.availability();
  }

  /** Ids of those that may take a request. */
  List<String> candidates() {
    ServiceRoll service = roll.snapshot().service("hello");
    return service == null
        ? List.of()
        : service.candidates().list().stream().map(Upstream::id).toList();
  }

  void answered(String id, int status, Duration latency) {
    ear.answered(upstream(id), status, latency.toNanos());
  }

  void failed(String id, TrafficFault fault) {
    ear.failed(upstream(id), fault, "connection " + fault.name().toLowerCase());
  }

  void waiting(String id, Duration oldest) {
    ear.waiting(upstream(id), 0, oldest.toNanos());
  }

  /** {@code joining>up up>suspect} of one. */
  List<String> flipsOf(String id) {
    return flips.stream()
        .filter(f -> f.upstream().id().equals(id) && f.from() != f.to())
        .map(f -> (f.from() + ">" + f.to()).toLowerCase())
        .toList();
  }
}

package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.logging.OwnFaults;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.Upstream;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Keeps the roll true: hears every witness, the registry and the settings, traffic and time, and
 * leads each to the {@link Vigil} over its upstream. Control thread only; whoever owns it calls
 * {@link #tick} every {@link #TICK}.
 */
public final class Health {

  /** How often time is looked at. */
  public static final Duration TICK = Duration.ofMillis(25);

  /** Ticks that come later than this mean that the process stood still. */
  private static final long STILL = Duration.ofMillis(200).toNanos();

  private final Roll roll;
  private Function<String, HealthOptions> options;
  private final Prober prober;
  private final LongSupplier clock;
  private final RandomGenerator random;
  private final RejectLog rejected = new RejectLog();
  private final Neighbours neighbours;
  private final LoadWatch loads;
  private final Rounds rounds;
  private final Enrolment enrolled;
  private final Dismissed dismissed;
  private final Stirred stirred = new Stirred();
  private final OwnFaults faults = new OwnFaults();
  private long tickedAt;

  /**
   * @param options by service
   * @param clock monotonic nanoseconds
   * @param random for jitter
   */
  Health(
      Roll roll,
      Function<String, HealthOptions> options,
      Prober prober,
      LongSupplier clock,
      RandomGenerator random) {
    this.roll = roll;
    this.options = options;
    this.prober = prober;
    this.clock = clock;
    this.random = random;
    this.tickedAt = clock.getAsLong();
    Census census = new Census();
    this.rounds = new Rounds(census, faults);
    this.neighbours = new Neighbours(census, tickedAt);
    this.enrolled = new Enrolment(roll, neighbours, rounds, this::watch, clock);
    this.dismissed = new Dismissed(roll, enrolled, rounds);
    this.loads = new LoadWatch(roll, tickedAt);
  }

  /** From now on this registry is asked whether it is in doubt. */
  public void join(Registry registry) {
    neighbours.registry(registry);
  }

  /** Where traffic says with whom it has something going on; any thread. */
  Stirred stirred() {
    return stirred;
  }

  /** What the registry tells. */
  public void hear(InstanceChange change) {
    if (change instanceof InstanceChange.Registered registered) {
      enrolled.registered(registered.instance());
    } else if (change instanceof InstanceChange.Beaten beaten) {
      beaten(beaten.id(), beaten.beat());
    } else if (change instanceof InstanceChange.Vanished) {
      cutOff(change.id(), "its registry entry is gone");
    } else if (change instanceof InstanceChange.Disconnected) {
      cutOff(change.id(), "its registry connection is lost");
    } else if (change instanceof InstanceChange.Overridden overridden) {
      roll.override(overridden.id(), overridden.override());
      Vigil vigil = enrolled.find(overridden.id());
      if (vigil != null && !dismissed.contains(overridden.id())) {
        vigil.registered(vigil.upstream().instance());
        rounds.soon(vigil);
      }
    } else if (change instanceof InstanceChange.Rejected no) {
      rejected.note(no);
    }
  }

  /** From now on upstreams are judged so, those that are here already too. */
  void options(Function<String, HealthOptions> next) {
    options = next;
  }

  /** Upstreams of the settings, which have no heartbeats: on the roll and up at once. */
  public void named(Instance instance) {
    dismissed.remove(instance.id());
    enrolled.named(instance);
  }

  /**
   * An upstream that the settings, or a name in them, don't lead to any more: it gets no new
   * request and no route, and leaves the roll when it has answered those that it had.
   */
  public void unnamed(String id, String reason) {
    dismissed.add(id, reason);
  }

  /** What live traffic met. */
  void failed(Upstream upstream, TrafficFault fault, String detail) {
    upstream.pulse().heard(fault);
    Vigil vigil = enrolled.of(upstream);
    if (vigil == null) {
      return;
    }
    switch (fault) {
      case REFUSED, UNREACHABLE -> vigil.hear(Witness.REFUSED, detail);
      case RESET, BROKEN -> vigil.hear(Witness.RESET, detail);
      case TIMEOUT -> vigil.ask();
      case MALFORMED -> {}
    }
    rounds.soon(vigil);
  }

  /** Looks at everything that time brings. */
  public void tick() {
    long now = clock.getAsLong();
    long late = now - tickedAt - TICK.toNanos();
    tickedAt = now;
    if (late > STILL) {
      neighbours.stoodStill(now);
      enrolled.all().forEach(vigil -> vigil.excuse(late));
    }
    // One by one: what goes wrong in one of them must not keep the others from being looked at.
    faults.contain("a look at who was dismissed", () -> dismissed.tick(now));
    faults.contain("a look at the load", () -> loads.tick(enrolled.all(), options, now));
    stirred.take(this::stirred);
    rounds.tick(enrolled.size(), now, vigil -> tick(vigil, now));
    faults.contain("a new picture of the roll", roll::flush);
  }

  private void stirred(Upstream upstream) {
    Vigil vigil = enrolled.of(upstream);
    if (vigil != null) {
      rounds.soon(vigil);
    }
  }

  private void tick(Vigil vigil, long now) {
    vigil.tick();
    enrolled.forgetLongGone(vigil, now);
  }

  private Vigil watch(Upstream upstream, boolean leased) {
    String service = upstream.instance().service();
    Supplier<HealthOptions> plan = () -> options.apply(service);
    HeartbeatWatch beats = new HeartbeatWatch(upstream.instance(), leased, clock.getAsLong());
    ProbeSchedule probes = new ProbeSchedule(upstream, prober, plan, leased, clock, random);
    return new Vigil(upstream, plan, neighbours, roll, beats, probes, clock);
  }

  private void beaten(String id, Beat beat) {
    enrolled.recall(id, beat.epoch());
    Vigil vigil = enrolled.find(id);
    if (vigil != null && vigil.isLeased() && vigil.upstream().epoch().equals(beat.epoch())) {
      vigil.beaten(beat);
      rounds.heard(vigil, clock.getAsLong());
    }
  }

  private void cutOff(String id, String detail) {
    Vigil vigil = enrolled.find(id);
    if (vigil != null && vigil.isLeased()) {
      vigil.hear(Witness.DISCONNECTED, detail);
      rounds.soon(vigil);
    }
  }
}

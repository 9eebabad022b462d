package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Registry;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.Upstream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Keeps the roll true: hears every witness, keeps a {@link Vigil} over each upstream, and brings
 * who comes onto the roll and who goes off it. Control thread only; whoever owns it calls {@link
 * #tick} every {@link #TICK}.
 */
public final class Health {

  /** How often time is looked at. */
  public static final Duration TICK = Duration.ofMillis(25);

  /** Ticks that come later than this mean that the process stood still. */
  private static final long STILL = Duration.ofMillis(200).toNanos();

  /** How long those that are gone stay in sight. */
  private static final long IN_SIGHT = Duration.ofMinutes(1).toNanos();

  /** Instances that were forgotten and may yet be heard again, at most. */
  private static final int FORGOTTEN = 1000;

  private final Roll roll;
  private Function<String, HealthOptions> options;
  private final Prober prober;
  private final LongSupplier clock;
  private final RandomGenerator random;
  private final Watched vigils = new Watched();
  private final Map<String, Instance> forgotten = new Recent<>(FORGOTTEN);
  private final Map<String, String> dismissed = new HashMap<>();
  private final RejectLog rejected = new RejectLog();
  private final Neighbours neighbours;
  private final LoadWatch loads;
  private final Rounds rounds;
  private final Stirred stirred = new Stirred();
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
    this.rounds = new Rounds(census);
    this.neighbours = new Neighbours(census, tickedAt);
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
      registered(registered.instance());
    } else if (change instanceof InstanceChange.Beaten beaten) {
      beaten(beaten.id(), beaten.beat());
    } else if (change instanceof InstanceChange.Vanished) {
      cutOff(change.id(), "its registry entry is gone");
    } else if (change instanceof InstanceChange.Disconnected) {
      cutOff(change.id(), "its registry connection is lost");
    } else if (change instanceof InstanceChange.Overridden overridden) {
      roll.override(overridden.id(), overridden.override());
      Vigil vigil = vigils.find(overridden.id());
      if (vigil != null && !dismissed.containsKey(vigil.upstream().id())) {
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
    enrol(instance, false);
  }

  /**
   * An upstream that the settings, or a name in them, don't lead to any more: it gets no new
   * request and no route, and leaves the roll when it has answered those that it had.
   */
  public void unnamed(String id, String reason) {
    Vigil vigil = vigils.find(id);
    if (vigil == null || vigil.isLeased() || dismissed.containsKey(id)) {
      return;
    }
    roll.enrol(vigil.upstream().instance().withoutRoutes());
    vigil.hear(Witness.DRAIN, reason);
    rounds.soon(vigil);
    dismissed.put(id, reason);
  }

  /** Those that were let go and have nothing under way. A loop may need a moment to begin it. */
  private void letGo(long now) {
    for (Map.Entry<String, String> each : Map.copyOf(dismissed).entrySet()) {
      Vigil vigil = vigils.find(each.getKey());
      if (vigil == null || vigil.isLeased()) {
        dismissed.remove(each.getKey());
      } else if (vigil.hasDrained(now)) {
        dismissed.remove(each.getKey());
        strike(vigil, each.getValue());
      }
    }
  }

  /** What live traffic met. */
  void failed(Upstream upstream, TrafficFault fault, String detail) {
    upstream.pulse().heard(fault);
    Vigil vigil = vigils.find(upstream.id());
    if (vigil == null || vigil.upstream() != upstream) {
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
      vigils.all().forEach(vigil -> vigil.excuse(late));
    }
    letGo(now);
    loads.tick(vigils.all(), options, now);
    stirred.take(this::stirred);
    rounds.tick(vigils.size(), now, vigil -> tick(vigil, now));
    roll.flush();
  }

  private void stirred(Upstream upstream) {
    Vigil vigil = vigils.find(upstream.id());
    if (vigil != null && vigil.upstream() == upstream) {
      rounds.soon(vigil);
    }
  }

  private void tick(Vigil vigil, long now) {
    vigil.tick();
    if (vigil.isLongGone(now, IN_SIGHT)) {
      forget(vigil);
    }
  }

  private void registered(Instance instance) {
    Vigil known = vigils.find(instance.id());
    if (instance.state() == InstanceState.LEFT) {
      forgotten.remove(instance.id());
      if (known != null && known.upstream().epoch().equals(instance.epoch())) {
        strike(known, "left");
        roll.forget(instance.id());
      }
      return;
    }
    if (known != null && !instance.supersedes(known.upstream().instance())) {
      return;
    }
    enrol(instance, true);
  }

  private void enrol(Instance instance, boolean leased) {
    forgotten.remove(instance.id());
    Upstream upstream = roll.enrol(instance);
    Vigil known = vigils.find(instance.id());
    if (known != null && known.upstream() == upstream) {
      known.registered(instance);
      rounds.soon(known);
      return;
    }
    if (known != null) {
      known.close();
      neighbours.remove(known);
      rounds.remove(known);
    }
    Vigil vigil = vigil(upstream, leased);
    vigils.add(vigil);
    neighbours.add(vigil);
    vigil.begin();
    rounds.add(vigil, clock.getAsLong());
    if (leased) {
      vigil.ask();
      suspectFormerTenants(upstream);
    }
  }

  private Vigil vigil(Upstream upstream, boolean leased) {
    String service = upstream.instance().service();
    Supplier<HealthOptions> plan = () -> options.apply(service);
    HeartbeatWatch beats = new HeartbeatWatch(upstream.instance(), leased, clock.getAsLong());
    ProbeSchedule probes = new ProbeSchedule(upstream, prober, plan, leased, clock, random);
    return new Vigil(upstream, plan, neighbours, roll, beats, probes, clock);
  }

  /** Two can't live at one endpoint: who stood there before is gone, or says so when asked. */
  private void suspectFormerTenants(Upstream newcomer) {
    for (Vigil vigil : vigils.at(newcomer.endpoint())) {
      if (vigil.upstream() != newcomer && vigil.isLeased()) {
        if (vigil.availability() == Availability.DOWN) {
          strike(vigil, "its address has gone to " + newcomer.instance().name());
        } else {
          vigil.ask();
          rounds.soon(vigil);
        }
      }
    }
  }

  private void beaten(String id, Beat beat) {
    Instance again = forgotten.get(id);
    if (again != null && again.epoch().equals(beat.epoch())) {
      enrol(again, true);
    }
    Vigil vigil = vigils.find(id);
    if (vigil != null && vigil.isLeased() && vigil.upstream().epoch().equals(beat.epoch())) {
      vigil.beaten(beat);
      rounds.heard(vigil, clock.getAsLong());
    }
  }

  private void cutOff(String id, String detail) {
    Vigil vigil = vigils.find(id);
    if (vigil != null && vigil.isLeased()) {
      vigil.hear(Witness.DISCONNECTED, detail);
      rounds.soon(vigil);
    }
  }

  private void forget(Vigil vigil) {
    Instance instance = vigil.upstream().instance();
    strike(vigil, vigil.upstream().standing().reason());
    forgotten.put(instance.id(), instance);
  }

  private void strike(Vigil vigil, String reason) {
    vigil.close();
    neighbours.remove(vigil);
    rounds.remove(vigil);
    vigils.remove(vigil);
    roll.strike(vigil.upstream(), reason);
  }
}

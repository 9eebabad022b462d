package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who comes onto the roll, with a {@link Vigil} over it, and who goes off it: everything that keeps
 * vigils, by id, by service or by time, has the same ones. Control thread.
 */
final class Enrolment {

  /** How long those that are gone stay in sight. */
  private static final long IN_SIGHT = Duration.ofMinutes(1).toNanos();

  /** Instances that were forgotten and may yet be heard again, at most. */
  private static final int FORGOTTEN = 1000;

  /** Begins to watch. */
  interface Watch {
    Vigil over(Upstream upstream, boolean leased);
  }

  private final Roll roll;
  private final Neighbours neighbours;
  private final Rounds rounds;
  private final Watch watch;
  private final LongSupplier clock;
  private final Watched vigils = new Watched();
  private final Map<String, Instance> forgotten = new Recent<>(FORGOTTEN);

  /**
   * @param clock monotonic nanoseconds
   */
  Enrolment(Roll roll, Neighbours neighbours, Rounds rounds, Watch watch, LongSupplier clock) {
    this.roll = roll;
    this.neighbours = neighbours;
    this.rounds = rounds;
    this.watch = watch;
    this.clock = clock;
  }

  @Nullable Vigil find(String id) {
    return vigils.find(id);
  }

  /** The vigil over this very start of the instance, or null. */
  @Nullable Vigil of(Upstream upstream) {
    Vigil vigil = vigils.find(upstream.id());
    return vigil != null && vigil.upstream() == upstream ? vigil : null;
  }

  /** How many are watched. */
  int size() {
    return vigils.size();
  }

  /** In order of id; stays as it is whoever comes or goes meanwhile. */
  List<Vigil> all() {
    return vigils.all();
  }

  /** What an instance says of itself in the registry. */
  void registered(Instance instance) {
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

  /** What the settings say of one that can't register. */
  void named(Instance instance) {
    enrol(instance, false);
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
    Vigil vigil = watch.over(upstream, leased);
    vigils.add(vigil);
    neighbours.add(vigil);
    vigil.begin();
    rounds.add(vigil, clock.getAsLong());
    if (leased) {
      vigil.ask();
      suspectFormerTenants(upstream);
    }
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

  /** Takes it off the roll if it is gone for long; its heartbeat would bring it back. */
  void forgetLongGone(Vigil vigil, long now) {
    if (vigil.isLongGone(now, IN_SIGHT)) {
      Instance instance = vigil.upstream().instance();
      strike(vigil, vigil.upstream().standing().reason());
      forgotten.put(instance.id(), instance);
    }
  }

  /** A heartbeat of this start was heard: if it was forgotten, it is back. */
  void recall(String id, String epoch) {
    Instance again = forgotten.get(id);
    if (again != null && again.epoch().equals(epoch)) {
      enrol(again, true);
    }
  }

  /** Takes it off the roll. */
  void strike(Vigil vigil, String reason) {
    vigil.close();
    neighbours.remove(vigil);
    rounds.remove(vigil);
    vigils.remove(vigil);
    roll.strike(vigil.upstream(), reason);
  }
}

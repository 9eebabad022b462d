package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.InstantSource;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All upstreams, and the one writer of the picture that traffic reads: after each change it builds
 * a new immutable {@link Snapshot}, puts it into a volatile field, then tells who listens.
 *
 * <p>A large roll whose changes come in a burst shows several of them at once: see {@link Tempo}.
 * What is held back so is shown, and told, by the next {@link #flush} at the latest.
 *
 * <p>Threads: one thread writes, the control plane's. {@link #snapshot}, {@link #onTransition} and
 * whatever the snapshot leads to may be read by any.
 */
public final class Roll implements RollView {

  private final TreeMap<String, Upstream> upstreams = new TreeMap<>();
  private final Map<String, Upstream> draining = new TreeMap<>();
  private final Membership membership = new Membership();
  private final Portions portions = new Portions();
  private final Map<Upstream, Trial> trials = new IdentityHashMap<>();
  private final Listeners listeners = new Listeners();
  private final Wishes wishes;
  private final InstantSource clock;
  private final Picture picture;

  /**
   * @param options what the settings say of routes and zone
   * @param clock wall clock, for people
   */
  public Roll(RollOptions options, InstantSource clock) {
    this(options, clock, System::nanoTime);
  }

  /**
   * @param nanoTime monotonic nanoseconds, for the tempo of a large roll
   */
  Roll(RollOptions options, InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.wishes = new Wishes(clock);
    this.picture = new Picture(options, membership, portions::all, trials, listeners, nanoTime);
  }

  @Override
  public Snapshot snapshot() {
    return picture.snapshot();
  }

  @Override
  public Runnable onTransition(Handler<Transition> handler) {
    return listeners.add(handler);
  }

  /** Everyone on the roll, in order of id. */
  public Collection<Upstream> upstreams() {
    return List.copyOf(upstreams.values());
  }

  /** Those that say of themselves that they drain, in order of id. */
  public Collection<Upstream> draining() {
    return draining.isEmpty() ? List.of() : List.copyOf(draining.values());
  }

  public @Nullable Upstream find(String id) {
    return upstreams.get(id);
  }

  /**
   * Takes note of what an instance says. The first word of it, of a new start or of another
   * endpoint makes a new upstream, which joins, and ends the one before.
   *
   * @return the upstream that now stands for it
   */
  public Upstream enrol(Instance instance) {
    Upstream present = upstreams.get(instance.id());
    if (present != null && present.isSame(instance)) {
      renew(present, instance);
      return present;
    }
    if (present != null) {
      strike(present, "replaced by " + instance.name() + " (" + instance.endpoint() + ")");
    }
    Upstream upstream = new Upstream(instance);
    upstream.standing(new Standing(Availability.JOINING, false, "registered", clock.instant()));
    upstreams.put(instance.id(), upstream);
    membership.add(upstream);
    noteDrain(upstream);
    upstream.wish(wishes.of(upstream));
    publish();
    tell(upstream, Availability.JOINING, Availability.JOINING, "registered");
    return upstream;
  }

  /** Says something new of itself. */
  private void renew(Upstream present, Instance instance) {
    Instance before = present.instance();
    boolean moves =
        !before.service().equals(instance.service()) || !before.routes().equals(instance.routes());
    if (moves) {
      membership.remove(present);
    }
    present.instance(instance);
    if (moves) {
      membership.add(present);
    }
    noteDrain(present);
    present.wish(wishes.of(present));
    publish(present);
  }

  private void noteDrain(Upstream upstream) {
    if (upstream.instance().state() == InstanceState.DRAINING) {
      draining.put(upstream.id(), upstream);
    } else {
      draining.remove(upstream.id());
    }
  }

  /**
   * Records where an upstream stands from now on. A new availability is a transition; a new reason
   * for the same one is only noted, but that it is ejected once more is told.
   *
   * @param hard see {@link Standing#hard}
   */
  public void stand(Upstream upstream, Availability to, boolean hard, String reason) {
    Standing before = upstream.standing();
    if (upstreams.get(upstream.id()) != upstream || before.says(to, hard, reason)) {
      return;
    }
    boolean flips = before.availability() != to;
    upstream.standing(new Standing(to, hard, reason, flips ? clock.instant() : before.since()));
    publish(upstream);
    if (flips || to == Availability.EJECTED) {
      tell(upstream, before.availability(), to, reason);
    }
  }

  /** Takes an upstream off the roll; listeners hear that it is down. */
  public void strike(Upstream upstream, String reason) {
    if (!upstreams.remove(upstream.id(), upstream)) {
      return;
    }
    Availability before = upstream.availability();
    membership.remove(upstream);
    draining.remove(upstream.id());
    upstream.standing(new Standing(Availability.DOWN, true, reason, clock.instant()));
    portions.forget(upstream);
    trials.remove(upstream);
    publish();
    tell(upstream, before, Availability.DOWN, reason);
  }

  /**
   * Takes other settings, and does whatever belongs to the same change: traffic sees all of it at
   * once.
   */
  public void change(RollOptions options, Runnable also) {
    picture.change(options, also);
  }

  /** Forgets the operator's wish for an instance that will not come back. */
  public void forget(String id) {
    wishes.forget(id);
  }

  /** Takes note of the operator's wish, also for an instance that isn't on the roll yet. */
  public void override(String id, InstanceOverride wish) {
    InstanceOverride before = wishes.note(id, wish);
    Upstream upstream = upstreams.get(id);
    if (upstream != null) {
      upstream.wish(wishes.of(upstream));
      publish(upstream);
      wishes.tell(upstream, before, wish);
    }
  }

  /** Calls the handler for what operators change, unless it flips a state and is told so. */
  public void onWish(Handler<Transition> handler) {
    wishes.onNews(handler);
  }

  /** Lets an upstream take only a part of its weight while it warms up; 1 ends that. */
  public void warm(Upstream upstream, double share) {
    if (portions.warm(upstream, share)) {
      publish(upstream);
    }
  }

  /** Lets an upstream take only a part of its weight because it is busy; 1 ends that. */
  public void ease(Upstream upstream, double share) {
    if (portions.ease(upstream, share)) {
      publish(upstream);
    }
  }

  /** Offers an ejected upstream to the next request that may safely fail. */
  public Trial tryOnce(Upstream upstream) {
    Trial trial = new Trial(upstream);
    trials.put(upstream, trial);
    publish(upstream);
    return trial;
  }

  /** Nobody shall claim it any more. */
  public void withdraw(Trial trial) {
    if (trials.remove(trial.upstream(), trial)) {
      publish(trial.upstream());
    }
  }

  /** Shows what was held back, if anything was. Every few tens of milliseconds. */
  public void flush() {
    picture.flush();
  }

  /**
   * Completes when each context that listens has taken up the snapshot of now: no request that
   * starts choosing after that sees an older one.
   */
  public Future<Void> settled() {
    picture.flush();
    return listeners.passed();
  }

  private void publish(Upstream changed) {
    membership.touch(changed);
    publish();
  }

  private void publish() {
    picture.changed(upstreams.size());
  }

  private void tell(Upstream upstream, Availability from, Availability to, String reason) {
    picture.tell(new Transition(upstream, from, to, reason, clock.instant()));
  }
}

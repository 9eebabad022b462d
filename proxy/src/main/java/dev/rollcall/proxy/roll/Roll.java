package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All upstreams, and the one writer of the picture that traffic reads: after each change it builds
 * a new immutable {@link Snapshot}, puts it into a volatile field, then tells who listens.
 *
 * <p>Threads: one thread writes, the control plane's. {@link #snapshot}, {@link #onTransition} and
 * whatever the snapshot leads to may be read by any.
 */
public final class Roll implements RollView {

  private final TreeMap<String, Upstream> upstreams = new TreeMap<>();
  private final Map<String, InstanceOverride> overrides = new HashMap<>();
  private final Map<Upstream, Double> warmth = new IdentityHashMap<>();
  private final Map<Upstream, Double> eased = new IdentityHashMap<>();
  private final Map<Upstream, Trial> trials = new IdentityHashMap<>();
  private final Listeners listeners = new Listeners();
  private final Listeners wishes = new Listeners();
  private final SnapshotBuilder builder;
  private final InstantSource clock;
  private volatile Snapshot snapshot;
  private boolean held;

  /**
   * @param options what the settings say of routes and zone
   * @param clock wall clock, for people
   */
  public Roll(RollOptions options, InstantSource clock) {
    this.builder = new SnapshotBuilder(options);
    this.clock = clock;
    this.snapshot = builder.build(List.of(), warmth, trials, Snapshot.EMPTY);
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public Runnable onTransition(Handler<Transition> handler) {
    return listeners.add(handler);
  }

  /** Everyone on the roll, in order of id. */
  public Collection<Upstream> upstreams() {
    return List.copyOf(upstreams.values());
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
      present.instance(instance);
      weigh(present);
      publish();
      return present;
    }
    if (present != null) {
      strike(present, "replaced by " + instance.name() + " (" + instance.endpoint() + ")");
    }
    Upstream upstream = new Upstream(instance);
    upstream.standing(new Standing(Availability.JOINING, false, "registered", clock.instant()));
    upstreams.put(instance.id(), upstream);
    weigh(upstream);
    publish();
    tell(upstream, Availability.JOINING, Availability.JOINING, "registered");
    return upstream;
  }

  /**
   * Records where an upstream stands from now on. A new availability is a transition; a new reason
   * for the same one is only noted, but that it is ejected once more is told.
   *
   * @param hard see {@link Standing#hard}
   */
  public void stand(Upstream upstream, Availability to, boolean hard, String reason) {
    Standing before = upstream.standing();
    boolean flips = before.availability() != to;
    if (upstreams.get(upstream.id()) != upstream || (!flips && sameVerdict(before, hard, reason))) {
      return;
    }
    upstream.standing(new Standing(to, hard, reason, flips ? clock.instant() : before.since()));
    publish();
    if (flips || to == Availability.EJECTED) {
      tell(upstream, before.availability(), to, reason);
    }
  }

  private static boolean sameVerdict(Standing before, boolean hard, String reason) {
    return before.hard() == hard && before.reason().equals(reason);
  }

  /** Takes an upstream off the roll; listeners hear that it is down. */
  public void strike(Upstream upstream, String reason) {
    if (!upstreams.remove(upstream.id(), upstream)) {
      return;
    }
    Availability before = upstream.availability();
    upstream.standing(new Standing(Availability.DOWN, true, reason, clock.instant()));
    warmth.remove(upstream);
    eased.remove(upstream);
    trials.remove(upstream);
    publish();
    tell(upstream, before, Availability.DOWN, reason);
  }

  /**
   * Takes other settings, and does whatever belongs to the same change: traffic sees all of it at
   * once.
   */
  public void change(RollOptions options, Runnable also) {
    builder.options(options);
    held = true;
    try {
      also.run();
    } finally {
      held = false;
      publish();
    }
  }

  /** Forgets the operator's wish for an instance that will not come back. */
  public void forget(String id) {
    overrides.remove(id);
  }

  /** Takes note of the operator's wish, also for an instance that isn't on the roll yet. */
  public void override(String id, InstanceOverride wish) {
    InstanceOverride before = overrides.put(id, wish);
    Upstream upstream = upstreams.get(id);
    if (upstream != null) {
      weigh(upstream);
      publish();
      String news = Wishes.news(before, wish, upstream.availability());
      if (news != null) {
        Availability same = upstream.availability();
        wishes.tell(new Transition(upstream, same, same, news, clock.instant()));
      }
    }
  }

  /** Calls the handler for what operators change, unless it flips a state and is told so. */
  public void onWish(Handler<Transition> handler) {
    wishes.add(handler);
  }

  /**
   * The operator's wish that stands: the one heard from the registry, else the one that the
   * instance echoes, which outlives a registry that lost everything.
   */
  public @Nullable InstanceOverride wishFor(Upstream upstream) {
    InstanceOverride heard = overrides.get(upstream.id());
    return heard != null ? heard : upstream.instance().override();
  }

  /** Lets an upstream take only a part of its weight while it warms up; 1 ends that. */
  public void warm(Upstream upstream, double share) {
    Double before = share >= 1 ? warmth.remove(upstream) : warmth.put(upstream, share);
    if (share < 1 ? before == null || before != share : before != null) {
      publish();
    }
  }

  /** Lets an upstream take only a part of its weight because it is busy; 1 ends that. */
  public void ease(Upstream upstream, double share) {
    Double before = share >= 1 ? eased.remove(upstream) : eased.put(upstream, share);
    if (share < 1 ? before == null || before != share : before != null) {
      publish();
    }
  }

  /** Which part of its weight each may take; absent: all of it. */
  private Map<Upstream, Double> shares() {
    if (eased.isEmpty()) {
      return warmth;
    }
    Map<Upstream, Double> shares = new IdentityHashMap<>(warmth);
    eased.forEach((upstream, share) -> shares.merge(upstream, share, (a, b) -> a * b));
    return shares;
  }

  /** Offers an ejected upstream to the next request that may safely fail. */
  public Trial tryOnce(Upstream upstream) {
    Trial trial = new Trial(upstream);
    trials.put(upstream, trial);
    publish();
    return trial;
  }

  /** Nobody shall claim it any more. */
  public void withdraw(Trial trial) {
    if (trials.remove(trial.upstream(), trial)) {
      publish();
    }
  }

  /**
   * Completes when each context that listens has taken up the snapshot of now: no request that
   * starts choosing after that sees an older one.
   */
  public Future<Void> settled() {
    return listeners.passed();
  }

  private void weigh(Upstream upstream) {
    upstream.wish(wishFor(upstream));
  }

  private void publish() {
    if (held) {
      return;
    }
    snapshot = builder.build(new ArrayList<>(upstreams.values()), shares(), trials, snapshot);
  }

  private void tell(Upstream upstream, Availability from, Availability to, String reason) {
    listeners.tell(new Transition(upstream, from, to, reason, clock.instant()));
  }
}

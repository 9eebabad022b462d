package dev.rollcall.proxy;

import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.rehearsal.Rehearsal;
import dev.rollcall.proxy.roll.RollView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy does that has just started, besides serving: it plays itself what clients will ask,
 * when nothing more urgent is to be done, and takes who is missing for gone only once all had the
 * time to come back. Any thread.
 */
final class FirstMoments {

  /**
   * Within so long after this proxy has joined, upstreams that had lost the one before are back:
   * they look for a proxy once a second at least, and are asked before they take traffic.
   */
  private static final Duration ARRIVAL = Duration.ofSeconds(2);

  /** The roll has not changed for so long. */
  static final Duration SETTLED = Duration.ofMillis(1500);

  private final BooleanSupplier decided;
  private final LongSupplier clock;
  private volatile long flipped;
  private volatile @Nullable ForwardContext forwarding;
  private volatile @Nullable Rehearsal rehearsal;

  /**
   * @param decided this proxy has joined the cluster, or never will; any thread
   * @param clock nanoseconds
   */
  FirstMoments(BooleanSupplier decided, LongSupplier clock) {
    this.decided = decided;
    this.clock = clock;
    this.flipped = clock.getAsLong();
  }

  /**
   * Begins to play what clients will ask, which goes on once it has joined and the roll has
   * settled, while clients are few.
   *
   * @param own see {@link Rehearsal}
   * @param patience how long listening may wait for the first of it
   * @return never fails: done when it need not wait any longer
   */
  Future<Void> rehearse(Vertx own, Duration patience) {
    Rehearsal begun = new Rehearsal(own, this::served, this::isSettled);
    rehearsal = begun;
    return begun.begin(patience);
  }

  private long served() {
    ForwardContext serving = forwarding;
    return serving == null ? 0 : serving.counters().answers();
  }

  /** Upstreams that start beside this proxy, maybe on the same cores, come first. */
  boolean isSettled() {
    return decided.getAsBoolean() && clock.getAsLong() - flipped > SETTLED.toNanos();
  }

  /** It is about to serve: from now on whoever is missing may merely not have been heard. */
  void arrive(ForwardContext serving) {
    serving.arrival().begin();
    forwarding = serving;
  }

  /** Hears of every change of the roll. */
  void watch(RollView roll) {
    roll.onTransition(flip -> flipped = clock.getAsLong());
  }

  /**
   * It has joined; soon whoever is missing is not there.
   *
   * @param timers where that is waited for
   */
  void joined(Vertx timers) {
    ForwardContext serving = forwarding;
    if (serving != null) {
      timers.setTimer(ARRIVAL.toMillis(), heard -> serving.arrival().end());
    }
  }

  /** Nobody waits for it: a rehearsal has nothing that must not be lost, and ends with us. */
  void end() {
    Rehearsal begun = rehearsal;
    if (begun != null) {
      begun.end().onComplete(ended -> rehearsal = null);
    }
  }
}

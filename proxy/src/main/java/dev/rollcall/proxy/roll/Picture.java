package dev.rollcall.proxy.roll;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The snapshot that traffic reads, kept up with the roll, and who hears of transitions: whoever
 * hears of one finds it in the snapshot. The roll's thread writes, any thread reads.
 */
final class Picture {

  /** How long changes of a large roll are held back, to be shown together; milliseconds. */
  private static final long SHOW = 5;

  private final Membership membership;
  private final Supplier<Map<Upstream, Double>> shares;
  private final Map<Upstream, Trial> trials;
  private final SnapshotBuilder builder;
  private final Listeners listeners;
  private final Tempo tempo;
  private final List<Transition> untold = new ArrayList<>();
  private volatile Snapshot snapshot;
  private boolean held;
  private boolean behind;
  private boolean soon;

  /**
   * @param shares which part of its weight each may take; absent: all of it
   * @param trials open at present
   * @param nanoTime monotonic nanoseconds
   */
  Picture(
      RollOptions options,
      Membership membership,
      Supplier<Map<Upstream, Double>> shares,
      Map<Upstream, Trial> trials,
      Listeners listeners,
      LongSupplier nanoTime) {
    this.membership = membership;
    this.shares = shares;
    this.trials = trials;
    this.listeners = listeners;
    this.builder = new SnapshotBuilder(options);
    this.tempo = new Tempo(nanoTime);
    this.snapshot = builder.build(membership, shares.get(), trials, Snapshot.EMPTY);
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** Something has changed, on a roll of this size: shown at once, or in a moment. */
  void changed(int size) {
    behind = true;
    if (held) {
      return;
    }
    if (tempo.allows(size)) {
      show();
    } else {
      showSoon();
    }
  }

  /** Without a context, by the next {@link #flush}. */
  private void showSoon() {
    Context context = Vertx.currentContext();
    if (context != null && !soon) {
      soon = true;
      context
          .owner()
          .setTimer(
              SHOW,
              timer -> {
                soon = false;
                flush();
              });
    }
  }

  /** Shows what was held back, if anything was. */
  void flush() {
    if (behind && !held) {
      show();
    }
  }

  /** Takes other settings, and does whatever belongs to the same change before it is shown. */
  void change(RollOptions options, Runnable also) {
    builder.options(options);
    held = true;
    try {
      also.run();
    } finally {
      held = false;
      show();
    }
  }

  /** Tells of a transition, with the snapshot that shows it. */
  void tell(Transition transition) {
    if (behind) {
      untold.add(transition);
    } else {
      listeners.tell(transition);
    }
  }

  private void show() {
    behind = false;
    snapshot = builder.build(membership, shares.get(), trials, snapshot);
    tempo.shown();
    List<Transition> due = List.copyOf(untold);
    untold.clear();
    due.forEach(listeners::tell);
  }
}

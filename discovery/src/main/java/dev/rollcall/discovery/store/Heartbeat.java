package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Signature;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Answers the roll call: one beat an interval, at most one pending. A beat that falls due while the
 * last one is pending goes out as soon as that is done. Lives on the loop.
 */
final class Heartbeat {

  private static final Load UNKNOWN = new Load(0, -1);

  private final Store store;
  private final Loop loop;
  private final Signature signature;
  private final String id;
  private final String epoch;
  private final Supplier<Load> load;
  private final Runnable forgotten;

  private long timer = -1;
  private Duration interval = Duration.ZERO;
  private long seq;
  private boolean pending;
  private boolean due;
  private boolean stood;

  /**
   * @param forgotten told when the last beat is gone from the registry, and so perhaps all else
   */
  Heartbeat(
      Store store,
      Loop loop,
      Signature signature,
      String id,
      String epoch,
      Supplier<Load> load,
      Runnable forgotten) {
    this.store = store;
    this.loop = loop;
    this.signature = signature;
    this.id = id;
    this.epoch = epoch;
    this.load = load;
    this.forgotten = forgotten;
  }

  /** Beats now, and from now on at this interval. */
  void every(Duration wanted) {
    if (timer < 0 || !wanted.equals(interval)) {
      stop();
      interval = wanted;
      timer = loop.every(wanted, this::beat);
    }
    beat();
  }

  /** The registry may be another, or empty; that the last beat is gone from it is no news. */
  void reached() {
    stood = false;
  }

  void stop() {
    if (timer >= 0) {
      loop.cancel(timer);
      timer = -1;
    }
    due = false;
  }

  private void beat() {
    if (pending) {
      due = true;
      return;
    }
    pending = true;
    Load now = ask();
    String text = BeatJson.write(new Beat(epoch, ++seq, now.inFlight(), now.load()));
    loop.here(store.put(RollMap.BEATS, id, signature.seal(text), RollMap.BEATS.timeToLive()))
        .onComplete(
            (before, failure) -> {
              pending = false;
              boolean lost = failure == null && before == null && stood;
              stood |= failure == null;
              if (lost) {
                forgotten.run();
              }
              if (due) {
                due = false;
                beat();
              }
            });
  }

  private Load ask() {
    try {
      return load.get();
    } catch (RuntimeException applicationFault) {
      // Whoever can't tell its load is still alive.
      return UNKNOWN;
    }
  }
}

package dev.rollcall.discovery.store;

import dev.rollcall.discovery.DrainStage;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until every proxy that is present has let go of a draining instance. It asks for each
 * proxy's word at its key, first every 10 ms, later every 50 ms: a drain is rare, and a question
 * can't be missed as an event can. Lives on the loop.
 */
final class DrainWait {

  private static final Duration SOON = Duration.ofMillis(10);
  private static final Duration LATER = Duration.ofMillis(50);
  private static final int SOON_ROUNDS = 20;

  private final Store store;
  private final Loop loop;
  private final LongSupplier nanoTime;
  private final Seats seats;
  private final BooleanSupplier drainingStands;
  private final Function<String, String> keyOf;
  private final Handler<DrainStage> reached;
  private final long end;
  private final long unreachable;

  private final Promise<Boolean> done = Promise.promise();
  private final Map<String, DrainStage> words = new HashMap<>();
  private final Set<String> asking = new HashSet<>();
  private final Set<DrainStage> told = new HashSet<>();
  private long lastReached;
  private int rounds;

  /**
   * @param drainingStands true once {@code draining} stands in the registry
   * @param keyOf a proxy's key in {@code rollcall.drains}
   * @param reached told each stage once, on the loop
   * @param unreachable how long to wait for a registry that can't be reached
   */
  DrainWait(
      Store store,
      Loop loop,
      LongSupplier nanoTime,
      Seats seats,
      BooleanSupplier drainingStands,
      Function<String, String> keyOf,
      Handler<DrainStage> reached,
      Duration limit,
      Duration unreachable) {
    this.store = store;
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.seats = seats;
    this.drainingStands = drainingStands;
    this.keyOf = keyOf;
    this.reached = reached;
    this.end = nanoTime.getAsLong() + limit.toNanos();
    this.unreachable = unreachable.toNanos();
    this.lastReached = nanoTime.getAsLong();
  }

  /** On the loop. True: all let go. False: out of time, called off, or nobody can be reached. */
  Future<Boolean> start() {
    round();
    return done.future();
  }

  void callOff() {
    done.tryComplete(false);
  }

  private void round() {
    if (done.future().isComplete()) {
      return;
    }
    long now = nanoTime.getAsLong();
    @Nullable Reach reach = store.reach();
    if (reach != null) {
      lastReached = now;
    }
    if (reach != null && drainingStands.getAsBoolean()) {
      List<String> present = seats.present(reach);
      present.forEach(this::ask);
      if (all(present, DrainStage.STOPPED_CHOOSING)) {
        tell(DrainStage.STOPPED_CHOOSING);
      }
      if (all(present, DrainStage.EMPTY)) {
        tell(DrainStage.EMPTY);
        done.tryComplete(true);
        return;
      }
    }
    if (now - end >= 0 || now - lastReached > unreachable) {
      done.tryComplete(false);
      return;
    }
    rounds++;
    loop.after(rounds < SOON_ROUNDS ? SOON : LATER, this::round);
  }

  private void ask(String proxy) {
    if (words.get(proxy) == DrainStage.EMPTY || !asking.add(proxy)) {
      return;
    }
    loop.here(store.get(RollMap.DRAINS, keyOf.apply(proxy)))
        .onComplete(
            answer -> {
              asking.remove(proxy);
              DrainStage stage = DrainWord.read(answer.result());
              if (stage != null) {
                words.put(proxy, stage);
              }
            });
  }

  private boolean all(List<String> present, DrainStage stage) {
    return present.stream()
        .map(words::get)
        .allMatch(word -> word == stage || word == DrainStage.EMPTY);
  }

  private void tell(DrainStage stage) {
    if (told.add(stage)) {
      reached.handle(stage);
    }
  }
}

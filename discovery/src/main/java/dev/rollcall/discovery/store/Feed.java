package dev.rollcall.discovery.store;

import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What watchers hear: listens to the store from the first watcher on, keeps one {@link Ledger} for
 * all of them, and reads everything again at each interval, when the store is reached, and when it
 * was shaken.
 *
 * <p>Lives on the loop; each watcher is called on the context on which it subscribed.
 */
final class Feed {

  private static final Set<RollMap> HEARD =
      EnumSet.of(RollMap.INSTANCES, RollMap.BEATS, RollMap.OVERRIDES);

  /** Nobody wonders any more about those who are silent for longer. */
  private static final Duration ASKED_FOR = Duration.ofMinutes(1);

  /** So many look-ups may be under way; whoever beats is heard of again. */
  private static final int LOOK_UPS = 64;

  /** Between two full reads for each instance: a few hundred times what reading it takes. */
  private static final long EACH_NANOS = Duration.ofMillis(1).toNanos();

  private final Vertx vertx;
  private final Store store;
  private final LongSupplier nanoTime;
  private final Pace pace;
  private final Loop loop;
  private final Doubt doubt;
  private final BelievedRoll roll;
  private final Ledger ledger;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  private final Set<String> lost = new HashSet<>();
  private final Set<String> lookedUp = new HashSet<>();

  private @Nullable Subscription listening;
  private long reconcileTimer;
  private long pulseTimer;
  private long readAt;
  private boolean reading;
  private boolean readOnce;
  private boolean readAgain;
  private boolean closed;

  Feed(
      Vertx vertx,
      Store store,
      Signature signature,
      Pace pace,
      Loop loop,
      Doubt doubt,
      LongSupplier nanoTime) {
    this.vertx = vertx;
    this.store = store;
    this.nanoTime = nanoTime;
    this.pace = pace;
    this.loop = loop;
    this.doubt = doubt;
    this.roll = new BelievedRoll(nanoTime);
    this.ledger =
        new Ledger(signature, pace.verify().multipliedBy(2), nanoTime, roll, this::publish);
  }

  /** Any thread. */
  Subscription watch(Handler<InstanceChange> handler) {
    Watcher watcher = new Watcher(vertx.getOrCreateContext(), handler);
    loop.run(
        () -> {
          roll.tell(watcher::hear);
          watchers.add(watcher);
          start();
        });
    return () -> {
      watcher.cancel();
      loop.run(() -> watchers.remove(watcher));
    };
  }

  /** What is believed, kept up to date while somebody watches; on the loop. */
  BelievedRoll roll() {
    return roll;
  }

  /** How many are on the roll; null before all of it was read. On the loop. */
  @Nullable Integer instances() {
    return readOnce ? roll.size() : null;
  }

  /** On the loop. */
  void close() {
    closed = true;
    watchers.forEach(Watcher::cancel);
    watchers.clear();
    if (listening != null) {
      listening.cancel();
      loop.cancel(reconcileTimer);
      loop.cancel(pulseTimer);
    }
  }

  private void start() {
    if (listening == null) {
      listening = store.listen(HEARD, event -> loop.later(() -> hear(event)));
      reconcileTimer = loop.every(pace.reconcile(), this::reconcileInTime);
      pulseTimer = loop.every(pace.pulse(), this::pulse);
      reconcile();
    }
  }

  private void hear(StoreEvent event) {
    if (event instanceof StoreEvent.Written written) {
      ledger.written(written.map(), written.key(), written.value());
      if (written.map() == RollMap.BEATS && roll.known(written.key()) == null) {
        lookUp(written.key());
      }
    } else if (event instanceof StoreEvent.Removed removed) {
      ledger.removed(removed.map(), removed.key());
    } else if (event instanceof StoreEvent.ClientGone client) {
      gone(client.names());
    } else if (!(event instanceof StoreEvent.Unreached)) {
      reconcile();
    }
  }

  /**
   * One that beats and that no read has brought: while members come and go together, and so do
   * parts of the store, a full read may take half a minute, and to ask for one entry milliseconds.
   */
  private void lookUp(String id) {
    if (lookedUp.size() < LOOK_UPS && lookedUp.add(id)) {
      loop.here(store.get(RollMap.INSTANCES, id))
          .onComplete(
              (text, failure) -> {
                lookedUp.remove(id);
                if (text != null) {
                  ledger.found(id, text);
                }
              });
    }
  }

  /** A rack that loses power is many connections, and to know whose they were takes one look. */
  private void gone(Set<String> names) {
    if (lost.isEmpty()) {
      loop.later(
          () -> {
            Set<String> all = Set.copyOf(lost);
            lost.clear();
            ledger.clientsGone(all);
          });
    }
    lost.addAll(names);
  }

  /** Reading a large roll takes its time, and is worth it less often. */
  private void reconcileInTime() {
    if (nanoTime.getAsLong() - readAt >= roll.size() * EACH_NANOS) {
      reconcile();
    }
  }

  private void reconcile() {
    if (reading) {
      readAgain = true;
      return;
    }
    if (closed || store.reach() == null) {
      return;
    }
    reading = true;
    readAt = nanoTime.getAsLong();
    ledger.readBegins();
    Future<Map<String, String>> instances = store.readAll(RollMap.INSTANCES);
    Future<Map<String, String>> beats = store.readAll(RollMap.BEATS);
    Future<Map<String, String>> overrides = store.readAll(RollMap.OVERRIDES);
    loop.here(Future.join(instances, beats, overrides))
        .onComplete(
            read -> {
              reading = false;
              if (read.succeeded()) {
                readOnce = true;
                ledger.readEnds(instances.result(), beats.result(), overrides.result());
              } else {
                ledger.readFailed();
              }
              if (readAgain) {
                readAgain = false;
                reconcile();
              }
            });
  }

  /** Asks the store about those who are silent: an answer in time means the silence is theirs. */
  private void pulse() {
    roll.silence()
        .forEach(
            (id, silence) -> {
              boolean matters = silence.compareTo(ASKED_FOR) < 0 || doubt.about(id);
              if (matters && doubt.asks(id)) {
                store
                    .put(RollMap.PULSES, id, "", RollMap.PULSES.timeToLive())
                    .onComplete(answer -> doubt.answered(id, answer.failed()));
              }
            });
  }

  private void publish(InstanceChange change) {
    if (change instanceof InstanceChange.Vanished
        || (change instanceof InstanceChange.Registered registered
            && registered.instance().state() == InstanceState.LEFT)) {
      doubt.forget(change.id());
    }
    for (Watcher watcher : watchers) {
      watcher.hear(change);
    }
  }
}

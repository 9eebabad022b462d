package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Signature;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what an instance says stands in the registry: writes it when it changes, after
 * the registry was reached (again), and when a look finds something else there; tries again from
 * 100 ms to 1 s apart. One write at a time, so that values can't overtake each other. Lives on the
 * loop.
 */
final class Standing {

  private static final Logger LOG = Logger.getLogger(Standing.class.getName());

  /** In a large roll an instance looks once in so many heartbeats. */
  private static final int BEATS_A_LOOK = 3;

  private static final Duration RETRY_FIRST = Duration.ofMillis(100);
  private static final Duration RETRY_LAST = Duration.ofSeconds(1);

  /** Long enough that every watcher's full read sees it. */
  static final Duration LEFT_STAYS = Duration.ofSeconds(10);

  private record Waiter(long seq, Promise<Instance> promise) {}

  private final Store store;
  private final Loop loop;
  private final Signature signature;
  private final LongSupplier nanoTime;
  private final String id;
  private final KeptInstance kept;
  private final Runnable stood;
  private final long verifyTimer;

  private final Promise<Instance> first = Promise.promise();
  private final List<Waiter> waiters = new ArrayList<>();
  private Duration retry = RETRY_FIRST;
  private long standingSeq = -1;
  private long writtenAt;
  private long lookedAt;
  private boolean locate = true;
  private boolean writing;
  private boolean writeAgain;
  private boolean retrying;
  private boolean looking;
  private boolean lookAgain;
  private boolean refused;
  private boolean over;

  /**
   * @param stood told after each write that is through
   */
  Standing(
      Store store,
      Loop loop,
      Signature signature,
      Pace pace,
      LongSupplier nanoTime,
      String id,
      KeptInstance kept,
      Runnable stood) {
    this.store = store;
    this.loop = loop;
    this.signature = signature;
    this.nanoTime = nanoTime;
    this.id = id;
    this.kept = kept;
    this.stood = stood;
    this.lookedAt = nanoTime.getAsLong() - Duration.ofHours(1).toNanos();
    this.verifyTimer = loop.every(pace.verify(), this::verify);
  }

  /** Completes when anything first stands. */
  Future<Instance> first() {
    return first.future();
  }

  /** True when what the instance says now stands. */
  boolean stands() {
    return standingSeq >= kept.seq() && !writing;
  }

  /** Writes what the instance says now; completes when that, or something later, stands. */
  Future<Instance> say() {
    Promise<Instance> promise = Promise.promise();
    waiters.add(new Waiter(kept.seq(), promise));
    write();
    return promise.future();
  }

  /** The connection is new: the registry may be empty, and we may be somewhere else. */
  void reached() {
    locate = true;
    retry = RETRY_FIRST;
    write();
  }

  void stop() {
    over = true;
    loop.cancel(verifyTimer);
    waiters.forEach(w -> w.promise().tryFail("the lease of " + id + " is over"));
    waiters.clear();
  }

  /** Writes what the instance says now. */
  void write() {
    if (writing) {
      writeAgain = true;
      return;
    }
    Reach reach = store.reach();
    if (over || reach == null) {
      return;
    }
    if (locate) {
      kept.located(reach);
      locate = false;
    }
    Instance said = kept.instance();
    if (refuses(said, reach)) {
      locate = true;
      writeLater();
      return;
    }
    writing = true;
    Duration stays =
        said.state() == InstanceState.LEFT ? LEFT_STAYS : RollMap.INSTANCES.timeToLive();
    loop.here(store.put(RollMap.INSTANCES, id, signature.seal(kept.json()), stays))
        .onComplete(
            (before, failure) -> {
              // Whoever wrote between our last look and this write had something to add.
              writeAgain |= before != null && isMissing(before);
              written(said, failure == null);
            });
  }

  private void written(Instance said, boolean through) {
    writing = false;
    if (over) {
      return;
    }
    if (through) {
      standingSeq = said.seq();
      writtenAt = nanoTime.getAsLong();
      retry = RETRY_FIRST;
      first.tryComplete(said);
      List<Waiter> served = waiters.stream().filter(w -> w.seq() <= said.seq()).toList();
      waiters.removeAll(served);
      served.forEach(w -> w.promise().complete(said));
      stood.run();
    } else {
      writeLater();
    }
    if (writeAgain) {
      writeAgain = false;
      write();
    } else {
      lookAgain();
    }
  }

  private void writeLater() {
    if (!retrying && !over) {
      retrying = true;
      loop.after(
          retry,
          () -> {
            retrying = false;
            write();
          });
      Duration doubled = retry.multipliedBy(2);
      retry = doubled.compareTo(RETRY_LAST) > 0 ? RETRY_LAST : doubled;
    }
  }

  /** The operator wishes something: said in our own entry at once, it outlives the only proxy. */
  void wished() {
    lookAgain = true;
    look();
  }

  /**
   * Looks whether the entry stands as written, what the operator wishes, and at which pace the roll
   * goes.
   */
  private void look() {
    if (standingSeq < 0 || writing || looking || store.reach() == null) {
      return;
    }
    lookedAt = nanoTime.getAsLong();
    if (nanoTime.getAsLong() - writtenAt > RollMap.INSTANCES.timeToLive().toNanos() / 10) {
      write();
      return;
    }
    looking = true;
    lookAgain = false;
    Future<@Nullable String> standing = store.get(RollMap.INSTANCES, id);
    Future<@Nullable String> wish = store.get(RollMap.OVERRIDES, id);
    Future<@Nullable String> pace = store.get(RollMap.PACE, Conductor.KEY);
    loop.here(Future.join(standing, wish, pace))
        .onComplete(
            done -> {
              looking = false;
              if (done.succeeded() && !writing && !over) {
                seen(standing.result(), wish.result(), Cadence.read(pace.result()));
              }
              lookAgain();
            });
  }

  private void lookAgain() {
    if (lookAgain && !over) {
      look();
    }
  }

  private void verify() {
    Duration pause = kept.cadence().least().multipliedBy(BEATS_A_LOOK);
    if (nanoTime.getAsLong() - lookedAt >= pause.toNanos()) {
      look();
    }
  }

  private void seen(@Nullable String standing, @Nullable String wish, Cadence cadence) {
    boolean obeyed = wish != null && obey(wish);
    boolean other = standing == null || isOther(standing);
    boolean paced = kept.follow(cadence);
    if (obeyed || other || paced) {
      write();
    }
  }

  private boolean isOther(String standing) {
    try {
      return kept.differs(InstanceJson.read(signature.open(standing)));
    } catch (IllegalArgumentException notOurs) {
      return true;
    }
  }

  private boolean isMissing(String replaced) {
    try {
      return kept.misses(InstanceJson.read(signature.open(replaced)));
    } catch (IllegalArgumentException notOurs) {
      return false;
    }
  }

  private boolean obey(String wish) {
    try {
      JsonObject json = InstanceJson.parse(wish);
      return kept.override(OverrideJson.read(json));
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  /** A loopback address means another machine to a proxy elsewhere; said once. */
  private boolean refuses(Instance said, Reach reach) {
    boolean refuse = !reach.elsewhere().isEmpty() && Loopback.is(said.endpoint().host());
    if (refuse && !refused) {
      LOG.warning(
          "advertise: "
              + said.endpoint()
              + " (expected: an address that the proxy at "
              + reach.elsewhere().get(0)
              + " can reach); not registered");
    }
    refused = refuse;
    return refuse;
  }
}

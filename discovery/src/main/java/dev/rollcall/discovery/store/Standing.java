package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/**
 * Sees to it that what an instance says stands in the registry: writes it when it changes, after
 * the registry was reached (again), and when its {@link StandingCheck} finds something else there;
 * tries again from 100 ms to 1 s apart. One write at a time, so that values can't overtake each
 * other. Lives on the loop.
 */
final class Standing {

  private static final Logger LOG = Logger.getLogger(Standing.class.getName());

  private static final Duration RETRY_FIRST = Duration.ofMillis(100);
  private static final Duration RETRY_LAST = Duration.ofSeconds(1);

  /** Long enough that every watcher's full read sees it. */
  static final Duration LEFT_STAYS = Duration.ofSeconds(10);

  private record Waiter(long seq, Promise<Instance> promise) {}

  private final Ground ground;
  private final KeptInstance kept;
  private final Runnable stood;
  private final StandingCheck check;

  private final Promise<Instance> first = Promise.promise();
  private final List<Waiter> waiters = new ArrayList<>();
  private Duration retry = RETRY_FIRST;
  private long standingSeq = -1;
  private long writtenAt;
  private boolean locate = true;
  private boolean writing;
  private boolean writeAgain;
  private boolean retrying;
  private boolean refused;
  private boolean over;

  /**
   * @param stood told after each write that is through
   */
  Standing(Ground ground, KeptInstance kept, Runnable stood) {
    this.ground = ground;
    this.kept = kept;
    this.stood = stood;
    this.check = new StandingCheck(ground, kept, this);
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
    check.stop();
    waiters.forEach(w -> w.promise().tryFail("the lease of " + kept.id() + " is over"));
    waiters.clear();
  }

  /** Writes what the instance says now. */
  void write() {
    if (writing) {
      writeAgain = true;
      return;
    }
    Reach reach = ground.store().reach();
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
    ground
        .loop()
        .here(
            ground
                .store()
                .put(RollMap.INSTANCES, kept.id(), ground.signature().seal(kept.json()), stays))
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
      writtenAt = ground.now();
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
      check.again();
    }
  }

  private void writeLater() {
    if (!retrying && !over) {
      retrying = true;
      ground
          .loop()
          .after(
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
    check.now();
  }

  /** True when something of ours stands, and nothing is on its way. */
  boolean isSettled() {
    return standingSeq >= 0 && !writing && !over;
  }

  /** True when it must be written again, or its time will be over. */
  boolean isOld() {
    return ground.now() - writtenAt > RollMap.INSTANCES.timeToLive().toNanos() / 10;
  }

  private boolean isMissing(String replaced) {
    try {
      return kept.misses(InstanceJson.read(ground.signature().open(replaced)));
    } catch (IllegalArgumentException notOurs) {
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

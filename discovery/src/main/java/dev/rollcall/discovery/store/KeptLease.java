package dev.rollcall.discovery.store;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Subscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one instance on the roll: {@link Standing} writes what it says, {@link Heartbeat} beats,
 * {@link DrainWait} waits. Its state lives on the context that registered.
 */
final class KeptLease implements Lease {

  private final Vertx vertx;
  private final Ground ground;
  private final Store store;
  private final Loop loop;
  private final KeptInstance kept;
  private final HeardSeats proxies;
  private final Heartbeat heartbeat;
  private final Standing standing;
  private final Subscription listening;
  private final Consumer<KeptLease> ended;

  private boolean over;
  private boolean drainedBefore;
  private @Nullable DrainWait draining;

  /**
   * @param ended hears that it is over, once or more
   */
  KeptLease(
      Vertx vertx,
      Ground ground,
      String id,
      String epoch,
      Registration registration,
      Supplier<Load> load,
      Consumer<KeptLease> ended) {
    this.vertx = vertx;
    this.ended = ended;
    this.loop = new Loop(vertx);
    this.ground = ground.on(loop);
    this.store = ground.store();
    this.kept = new KeptInstance(id, epoch, registration);
    this.proxies = new HeardSeats(this.ground);
    this.standing = new Standing(this.ground, kept, this::stands);
    this.heartbeat =
        new Heartbeat(store, loop, ground.signature(), id, epoch, load, standing::write);
    this.listening =
        store.listen(EnumSet.of(RollMap.OVERRIDES), event -> loop.later(() -> hear(event)));
    loop.run(this::reached);
  }

  @Override
  public String id() {
    return kept.id();
  }

  @Override
  public boolean connected() {
    return store.reach() != null;
  }

  @Override
  public Future<Instance> registered() {
    return loop.call(standing::first);
  }

  @Override
  public Future<Instance> update(UnaryOperator<Registration> change) {
    return loop.call(
        () -> {
          try {
            kept.registration(change.apply(kept.registration()));
          } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
          }
          return standing.say();
        });
  }

  @Override
  public Future<Boolean> drain(Duration limit, Handler<DrainStage> reached) {
    Context caller = vertx.getOrCreateContext();
    return loop.call(
        () -> {
          if (over) {
            return Future.succeededFuture(false);
          }
          if (draining != null) {
            draining.callOff();
          }
          // Only who drains has an ear for proxies.
          proxies.listen();
          DrainWait wait =
              new DrainWait(
                  store,
                  loop,
                  ground.nanoTime(),
                  proxies.seats(),
                  standing::stands,
                  proxy -> DrainWord.key(kept.id(), kept.epoch(), proxy),
                  stage -> caller.runOnContext(nothing -> reached.handle(stage)),
                  limit,
                  ground.pace().unreachable());
          draining = wait;
          return proxies
              .read()
              .otherwiseEmpty()
              .compose(read -> forgetEarlierWords())
              .compose(
                  nothing -> {
                    if (draining != wait) {
                      // It resumed, or left, meanwhile.
                      return Future.succeededFuture(false);
                    }
                    kept.state(InstanceState.DRAINING);
                    standing.write();
                    return wait.start();
                  });
        });
  }

  @Override
  public Future<Instance> resume() {
    return loop.call(
        () -> {
          callOff();
          proxies.ignore();
          kept.state(InstanceState.UP);
          return standing.say();
        });
  }

  @Override
  public Future<Void> leave(Duration limit) {
    return loop.call(
        () -> {
          heartbeat.stop();
          callOff();
          Promise<Void> left = Promise.promise();
          if (over || store.reach() == null) {
            left.complete();
          } else {
            kept.state(InstanceState.LEFT);
            long timer = loop.after(limit, left::tryComplete);
            standing
                .say()
                .compose(instance -> loop.here(store.remove(RollMap.BEATS, kept.id())))
                .onComplete(
                    done -> {
                      loop.cancel(timer);
                      left.tryComplete();
                    });
          }
          return left.future().onComplete(done -> end());
        });
  }

  /** Stops without a word. */
  void close() {
    loop.run(this::end);
  }

  private void end() {
    over = true;
    heartbeat.stop();
    standing.stop();
    listening.cancel();
    proxies.ignore();
    callOff();
    ended.accept(this);
  }

  /** A drain that is under way ends without success. */
  private void callOff() {
    if (draining != null) {
      draining.callOff();
      draining = null;
    }
  }

  /** A write is through. */
  private void stands() {
    if (!over && kept.state() != InstanceState.LEFT) {
      heartbeat.every(kept.heartbeat());
    }
  }

  private void hear(StoreEvent event) {
    if (event instanceof StoreEvent.Reached) {
      reached();
    } else if (event instanceof StoreEvent.Heard) {
      standing.wished();
    } else if (event instanceof StoreEvent.Written wish && wish.key().equals(kept.id())) {
      standing.wished();
    }
  }

  private void reached() {
    if (over || store.reach() == null) {
      return;
    }
    heartbeat.reached();
    standing.reached();
    if (draining != null) {
      // A read of all, which many that come back together shouldn't cost the proxies for nothing.
      proxies.read();
    }
  }

  private Future<Void> forgetEarlierWords() {
    boolean earlier = drainedBefore;
    drainedBefore = true;
    return earlier
        ? proxies.forgetWords(kept.id(), kept.epoch()).otherwiseEmpty()
        : Future.succeededFuture();
  }
}

package dev.rollcall.discovery.hazelcast;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Registration;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One instance on two rolls. What is said stands when it stands on either; proxies have let go when
 * those of every roll that can be reached have.
 */
final class RotatingLease implements Lease {

  private final Lease now;
  private final Lease before;

  RotatingLease(Lease now, Lease before) {
    this.now = now;
    this.before = before;
  }

  @Override
  public String id() {
    return now.id();
  }

  @Override
  public Future<Instance> registered() {
    return either(now.registered(), before.registered());
  }

  @Override
  public Future<Instance> update(UnaryOperator<Registration> change) {
    return either(now.update(change), before.update(change));
  }

  @Override
  public boolean connected() {
    return now.connected() || before.connected();
  }

  @Override
  public Future<Boolean> drain(Duration limit, Handler<DrainStage> reached) {
    List<Lease> heard = Stream.of(now, before).filter(Lease::connected).toList();
    if (heard.size() < 2) {
      // Whoever can't be reached now hears it on coming back, and is not waited for.
      Lease waitedFor = heard.isEmpty() ? now : heard.get(0);
      Future<Boolean> told = (waitedFor == now ? before : now).drain(Duration.ZERO);
      Future<Boolean> free = waitedFor.drain(limit, reached);
      return Future.join(free, told).map(both -> free.result());
    }
    Together together = new Together(reached);
    return Future.all(now.drain(limit, together), before.drain(limit, together))
        .map(both -> both.<Boolean>list().stream().allMatch(free -> free));
  }

  @Override
  public Future<Instance> resume() {
    return either(now.resume(), before.resume());
  }

  @Override
  public Future<Void> leave(Duration limit) {
    return Future.join(now.leave(limit), before.leave(limit)).mapEmpty();
  }

  private static Future<Instance> either(Future<Instance> one, Future<Instance> other) {
    return Future.any(one, other).map(any -> one.succeeded() ? one.result() : other.result());
  }

  /** Tells each stage when both rolls have reached it; both tell on the calling context. */
  private static final class Together implements Handler<DrainStage> {
    private final Handler<DrainStage> reached;
    private final Map<DrainStage, Integer> times = new EnumMap<>(DrainStage.class);

    Together(Handler<DrainStage> reached) {
      this.reached = reached;
    }

    @Override
    public synchronized void handle(DrainStage stage) {
      if (times.merge(stage, 1, Integer::sum) == 2) {
        reached.handle(stage);
      }
    }
  }
}

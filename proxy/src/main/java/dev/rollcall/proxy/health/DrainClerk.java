package dev.rollcall.proxy.health;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells draining instances how far this proxy is with letting go of them: {@code stopped-choosing}
 * once every traffic loop has taken up a snapshot without it, {@code empty} once nothing of it is
 * in flight here any more. Control thread; {@link #tick} every few tens of milliseconds.
 */
final class DrainClerk {

  private enum Progress {
    LETTING_GO,
    STOPPED,
    LAST_WORD,
    DONE
  }

  /** One registration that says draining; what it says next may be another drain. */
  private record Drain(String id, String epoch, long seq) {
    static Drain of(Upstream upstream) {
      return new Drain(upstream.id(), upstream.epoch(), upstream.instance().seq());
    }
  }

  private final Roll roll;
  private final ProxySeat seat;
  private final Map<Drain, Progress> drains = new HashMap<>();

  DrainClerk(Roll roll, ProxySeat seat) {
    this.roll = roll;
    this.seat = seat;
  }

  void tick() {
    Collection<Upstream> draining = roll.draining();
    if (draining.isEmpty() && drains.isEmpty()) {
      return;
    }
    drains.keySet().retainAll(draining.stream().map(Drain::of).collect(Collectors.toSet()));
    for (Upstream upstream : draining) {
      Progress progress = drains.get(Drain.of(upstream));
      if (progress == null) {
        stop(upstream);
      } else if (progress == Progress.STOPPED && upstream.traffic().inFlight() == 0) {
        finish(upstream);
      }
    }
  }

  private void stop(Upstream upstream) {
    Instance instance = upstream.instance();
    step(
        Drain.of(upstream),
        Progress.LETTING_GO,
        roll.settled().compose(all -> seat.acknowledge(instance, DrainStage.STOPPED_CHOOSING)),
        Progress.STOPPED);
  }

  private void finish(Upstream upstream) {
    step(
        Drain.of(upstream),
        Progress.LAST_WORD,
        seat.acknowledge(upstream.instance(), DrainStage.EMPTY),
        Progress.DONE);
  }

  /** A word that doesn't get through is said again at the next tick. */
  private void step(Drain drain, Progress meanwhile, Future<Void> work, Progress then) {
    Progress before = drains.put(drain, meanwhile);
    work.onSuccess(done -> drains.replace(drain, meanwhile, then))
        .onFailure(
            lost -> {
              if (before == null) {
                drains.remove(drain, meanwhile);
              } else {
                drains.replace(drain, meanwhile, before);
              }
            });
  }
}
